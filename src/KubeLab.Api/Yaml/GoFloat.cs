using System.Globalization;

namespace KubeLab.Api.Yaml;

/// <summary>Prints floating point numbers as upstream does.</summary>
internal static class GoFloat
{
    /// <summary>As JSON: digits from a millionth up to 10^21, an exponent beyond.</summary>
    public static string Json(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }

        var (sign, digits, point) = Decompose(value.ToString("R", CultureInfo.InvariantCulture));
        return point - 1 is >= -6 and < 21 || value == 0
            ? sign + Positional(digits, point)
            : sign + Exponential(digits, point, minimalExponentDigits: 1);
    }

    /// <summary>As YAML: the shortest digits, with an exponent below 10^-4 and from 10^6.</summary>
    public static string Shortest(double value) =>
        Shortest(value.ToString("R", CultureInfo.InvariantCulture), double.IsFinite(value), value);

    /// <summary>The same for 32-bit numbers.</summary>
    public static string Shortest(float value) => Shortest(value.ToString("R", CultureInfo.InvariantCulture), float.IsFinite(value), value);

    private static string Shortest(string roundTrip, bool isFinite, double value)
    {
        if (!isFinite)
        {
            return double.IsNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
        }

        var (sign, digits, point) = Decompose(roundTrip);
        return point - 1 is >= -4 and < 6
            ? sign + Positional(digits, point)
            : sign + Exponential(digits, point, minimalExponentDigits: 2);
    }

    /// <summary>Takes a number apart into its digits and the place of the decimal point in them.</summary>
    private static (string Sign, string Digits, int Point) Decompose(string text)
    {
        var sign = text.StartsWith('-') ? "-" : "";
        var parts = text[sign.Length..].Split('E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var dot = parts[0].IndexOf('.', StringComparison.Ordinal);
        var point = (dot < 0 ? parts[0].Length : dot) + exponent;
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        digits = digits.Trim('0');
        return digits.Length == 0 ? (sign, "0", 1) : (sign, digits, point - leading);
    }

    private static string Positional(string digits, int point) => point switch
    {
        <= 0 => $"0.{new string('0', -point)}{digits}",
        _ when point >= digits.Length => digits + new string('0', point - digits.Length),
        _ => $"{digits[..point]}.{digits[point..]}",
    };

    private static string Exponential(string digits, int point, int minimalExponentDigits)
    {
        var exponent = point - 1;
        var size = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).PadLeft(minimalExponentDigits, '0');
        return $"{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? '-' : '+')}{size}";
    }
}
