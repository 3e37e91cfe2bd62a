using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.ApiServer.CustomResources.Checking;

/// <summary>Numbers as Go reads them from JSON: whole ones in 64 bits, others as floating point.</summary>
internal static class SchemaNumber
{
    /// <summary>Whether it is written as a whole number of 64 bits.</summary>
    public static bool IsWhole(JsonNode value) => long.TryParse(Raw(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    /// <summary>The whole number, or null.</summary>
    public static long? Whole(JsonNode value) =>
        long.TryParse(Raw(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;

    /// <summary>Whether its value is whole, as that of <c>1.0</c> is.</summary>
    public static bool HasNoFraction(JsonNode value) => double.IsInteger(Of(value));

    /// <summary>The value.</summary>
    public static double Of(JsonNode value) => double.Parse(Raw(value), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>A bound as messages show it beside <paramref name="value"/>.</summary>
    public static string Bound(double bound, JsonNode value) => IsWhole(value) && double.IsInteger(bound) && Math.Abs(bound) < 1e18
        ? ((long)bound).ToString(CultureInfo.InvariantCulture)
        : Shown(bound);

    /// <summary>A floating point number as Go prints it: the shortest digits, with an exponent from 10^21.</summary>
    public static string Shown(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) ? text.Replace("E", "e", StringComparison.Ordinal) : text;
    }

    private static string Raw(JsonNode value) => value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : "";
}
