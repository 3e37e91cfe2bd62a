using System.Globalization;
using KubeLab.ApiServer.CustomResources.Checking;

namespace KubeLab.ApiServer.CustomResources.Cel;

/// <summary>The functions and methods that expressions may call.</summary>
internal static class CelFunctions
{
    private static readonly string[] Names =
    [
        "size", "int", "double", "string", "startsWith", "endsWith", "contains", "matches", "lowerAscii", "upperAscii", "trim", "replace", "split", "join",
        "substring", "indexOf", "lastIndexOf", "sum", "min", "max", "isSorted",
        "hasValue", "value", "orValue", "or",
    ];

    /// <summary>All names, for those who asked for another.</summary>
    public static string List => $"has(), all(), exists(), exists_one(), filter(), map(), {string.Join(", ", Names.Select(n => $"{n}()"))}";

    public static bool Knows(string name) => Names.Contains(name);

    /// <exception cref="CelException">It does not take these values.</exception>
    public static object? Call(string function, object?[] a) => (function, a) switch
    {
        ("size", [string text]) => (long)text.EnumerateRunes().Count(),
        ("size", [List<object?> list]) => (long)list.Count,
        ("size", [Dictionary<string, object?> map]) => (long)map.Count,
        ("int", [long whole]) => whole,
        ("int", [double number]) when Math.Abs(number) < 9.2e18 => (long)number,
        ("int", [string text]) when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        ("double", [long whole]) => (double)whole,
        ("double", [double number]) => number,
        ("double", [string text]) when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        ("string", [string text]) => text,
        ("string", [bool truth]) => truth ? "true" : "false",
        ("string", [long whole]) => whole.ToString(CultureInfo.InvariantCulture),
        ("string", [double number]) => SchemaNumber.Shown(number),
        ("startsWith", [string text, string start]) => text.StartsWith(start, StringComparison.Ordinal),
        ("endsWith", [string text, string end]) => text.EndsWith(end, StringComparison.Ordinal),
        ("contains", [string text, string part]) => text.Contains(part, StringComparison.Ordinal),
        ("matches", [string text, string pattern]) => Matches(text, pattern),
        ("lowerAscii", [string text]) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c)),
        ("upperAscii", [string text]) => string.Concat(text.Select(c => char.IsAsciiLetterLower(c) ? (char)(c & ~0x20) : c)),
        ("trim", [string text]) => text.Trim(),
        ("replace", [string text, string old, string other]) => old.Length == 0 ? text : text.Replace(old, other, StringComparison.Ordinal),
        ("split", [string text, string by]) => Split(text, by),
        ("join", [List<object?> list]) => string.Concat(list.Select(Text)),
        ("join", [List<object?> list, string by]) => string.Join(by, list.Select(Text)),
        ("substring", [string text, long from]) => Part(text, from, text.Length),
        ("substring", [string text, long from, long to]) => Part(text, from, to),
        ("indexOf", [string text, string part]) => (long)text.IndexOf(part, StringComparison.Ordinal),
        ("lastIndexOf", [string text, string part]) => (long)text.LastIndexOf(part, StringComparison.Ordinal),
        ("sum", [List<object?> list]) => list.Count == 0 ? 0L : list.Aggregate(CelOperators.Add),
        ("min", [{ } list]) => Extreme("min", list, -1),
        ("max", [{ } list]) => Extreme("max", list, 1),
        ("isSorted", [List<object?> list]) => list.Zip(list.Skip(1)).All(pair => CelOperators.Compare(pair.First, pair.Second) <= 0),
        ("hasValue", [CelOptional optional]) => optional.HasValue,
        ("value", [CelOptional optional]) => optional.Required,
        ("orValue", [CelOptional optional, var other]) => optional.HasValue ? optional.Value : other,
        ("or", [CelOptional optional, CelOptional other]) => optional.HasValue ? optional : other,
        _ => throw CelException.NoOverload(),
    };

    private static bool Matches(string text, string pattern)
    {
        var expression = new GoPattern(pattern);
        return expression.Problem is null ? expression.Matches(text) : throw new CelException(expression.Problem);
    }

    private static List<object?> Split(string text, string by) =>
        by.Length == 0 ? [.. text.EnumerateRunes().Select(r => (object?)r.ToString())] : [.. text.Split(by)];

    private static string Text(object? value) => value as string ?? throw CelException.NoOverload();

    private static string Part(string text, long from, long to) => from >= 0 && from <= to && to <= text.Length
        ? text[(int)from..(int)to]
        : throw new CelException(string.Create(CultureInfo.InvariantCulture, $"index out of range: {(from < 0 || from > text.Length ? from : to)}"));

    private static object? Extreme(string name, object values, int wanted)
    {
        if (values is not List<object?> list)
        {
            throw CelException.NoOverload();
        }

        return list.Count > 0
            ? list.Aggregate((best, value) => Math.Sign(CelOperators.Compare(value, best)) == wanted ? value : best)
            : throw new CelException($"{name} called on empty list");
    }
}
