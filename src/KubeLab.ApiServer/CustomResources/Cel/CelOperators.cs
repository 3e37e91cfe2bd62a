using System.Globalization;

namespace KubeLab.ApiServer.CustomResources.Cel;

/// <summary>Arithmetic, comparison and membership of values: null, bool, long, double, string, lists and maps.</summary>
internal static class CelOperators
{
    public static object? Add(object? left, object? right) => (left, right) switch
    {
        (long a, long b) => (object)Whole(() => checked(a + b)),
        (double a, double b) => a + b,
        (string a, string b) => a + b,
        (List<object?> a, List<object?> b) => new List<object?>([.. a, .. b]),
        _ => throw CelException.NoOverload(),
    };

    public static object Calculate(string sign, object? left, object? right) => (sign, left, right) switch
    {
        ("-", long a, long b) => (object)Whole(() => checked(a - b)),
        ("*", long a, long b) => Whole(() => checked(a * b)),
        ("/", long, 0L) => throw new CelException("division by zero"),
        ("%", long, 0L) => throw new CelException("modulus by zero"),
        ("/", long a, long b) => Whole(() => checked(a / b)),
        ("%", long a, long b) => b == -1 ? 0L : a % b,
        ("-", double a, double b) => a - b,
        ("*", double a, double b) => a * b,
        ("/", double a, double b) => a / b,
        _ => throw CelException.NoOverload(),
    };

    public static object Negate(object? value) => value switch
    {
        long whole => (object)Whole(() => checked(-whole)),
        double number => -number,
        _ => throw CelException.NoOverload(),
    };

    /// <summary>Less than 0, 0, or more; numbers of both sorts compare with each other.</summary>
    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (long a, long b) => a.CompareTo(b),
        (string a, string b) => string.CompareOrdinal(a, b),
        (bool a, bool b) => a.CompareTo(b),
        (long or double, long or double) => Number(left).CompareTo(Number(right)),
        _ => throw CelException.NoOverload(),
    };

    public static new bool Equals(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (long or double, long or double) => Compare(left, right) == 0,
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => Equals(pair.First, pair.Second)),
        (Dictionary<string, object?> a, Dictionary<string, object?> b) =>
            a.Count == b.Count && a.All(e => b.TryGetValue(e.Key, out var other) && Equals(e.Value, other)),
        _ => left is not null && left.Equals(right),
    };

    public static bool IsIn(object? value, object? collection) => collection switch
    {
        List<object?> list => list.Exists(element => Equals(element, value)),
        Dictionary<string, object?> map => value is string key && map.ContainsKey(key),
        _ => throw CelException.NoOverload(),
    };

    public static object? At(object? collection, object? key) => (collection, key) switch
    {
        (List<object?> list, long index) => index >= 0 && index < list.Count
            ? list[(int)index]
            : throw new CelException(string.Create(CultureInfo.InvariantCulture, $"index out of bounds: {index}")),
        (Dictionary<string, object?> map, string name) => map.TryGetValue(name, out var value) ? value : throw new CelException($"no such key: {name}"),
        _ => throw CelException.NoOverload(),
    };

    private static double Number(object? value) => value is long whole ? whole : (double)value!;

    private static long Whole(Func<long> calculate)
    {
        try
        {
            return calculate();
        }
        catch (OverflowException)
        {
            throw new CelException("integer overflow");
        }
    }
}
