using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.KubectlText.Paths;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Getting;

/// <summary>Sorts by a field, <c>--sort-by</c>: numbers as numbers, quantities as quantities, texts with the numbers in them as numbers.</summary>
internal static class ObjectSorter
{
    /// <summary>Sorts rows by a field of their objects.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="path">The field.</param>
    /// <param name="objectOf">A row's object.</param>
    /// <param name="demandsField">Whether it is an error when no object has the field; rows of tables are then left out, as kubectl does.</param>
    /// <exception cref="Failure">The path cannot be read, or no object has the field.</exception>
    public static List<T> Sort<T>(List<T> rows, string path, Func<T, JsonNode?> objectOf, bool demandsField = true)
    {
        var field = JsonPath.Relaxed(path);
        var keyed = rows.Select(row => (Row: row, Key: field.Find(objectOf(row)).FirstOrDefault())).ToList();
        if (rows.Count > 0 && keyed.TrueForAll(pair => pair.Key is null))
        {
            return demandsField ? throw Failure.Error($"couldn't find any field with path \"{path}\" in the list of objects") : [];
        }

        // Enumerable's sort is stable, so rows that are equal stay in the server's order.
        return [.. keyed.OrderBy(pair => pair.Key, Comparer<JsonNode?>.Create(Compare)).Select(pair => pair.Row)];
    }

    private static int Compare(JsonNode? left, JsonNode? right)
    {
        if (left is null || right is null)
        {
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        }

        var (a, b) = (new Json(left).Text, new Json(right).Text);
        if (left.GetValueKind() == JsonValueKind.Number && right.GetValueKind() == JsonValueKind.Number)
        {
            return double.Parse(a, CultureInfo.InvariantCulture).CompareTo(double.Parse(b, CultureInfo.InvariantCulture));
        }

        return Quantity.TryParse(a, out var first) && Quantity.TryParse(b, out var second) ? first.CompareTo(second) : Natural(a, b);
    }

    private static int Natural(string left, string right)
    {
        var (i, j) = (0, 0);
        while (i < left.Length && j < right.Length)
        {
            if (char.IsAsciiDigit(left[i]) && char.IsAsciiDigit(right[j]))
            {
                var (a, b) = (Digits(left, ref i), Digits(right, ref j));
                var order = a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);
                if (order != 0)
                {
                    return order;
                }
            }
            else if (left[i] != right[j])
            {
                return left[i].CompareTo(right[j]);
            }
            else
            {
                (i, j) = (i + 1, j + 1);
            }
        }

        return (left.Length - i).CompareTo(right.Length - j);
    }

    private static string Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text[start..at].TrimStart('0');
    }
}
