using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace KubeLab.Api.Yaml;

internal enum YamlKind
{
    Text,
    Null,
    Bool,
    Int,
    Float,
    Timestamp,
    Binary,
}

/// <summary>What an unquoted scalar means: the types of YAML 1.1, with which Kubernetes still reads, so <c>yes</c>, <c>on</c> and
/// <c>y</c> are
/// true and <c>0777</c> is octal.</summary>
internal readonly partial record struct YamlValue(YamlKind Kind, bool Bool = false, string Number = "", double Float = 0)
{
    public static YamlValue Resolve(string text)
    {
        var hint = text.Length == 0 ? '~' : text[0];
        if (hint is not ('+' or '-' or '.' or '~' or (>= '0' and <= '9')) && "yYnNtTfFoO".IndexOf(hint, StringComparison.Ordinal) < 0)
        {
            return default;
        }

        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return new(YamlKind.Null);
            case "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
                return new(YamlKind.Bool, Bool: true);
            case "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                return new(YamlKind.Bool);
            case ".nan" or ".NaN" or ".NAN":
                return new(YamlKind.Float, Float: double.NaN);
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                return new(YamlKind.Float, Float: double.PositiveInfinity);
            case "-.inf" or "-.Inf" or "-.INF":
                return new(YamlKind.Float, Float: double.NegativeInfinity);
        }

        return hint switch
        {
            '.' => ResolveFloat(text),
            '+' or '-' or (>= '0' and <= '9') => IsTimestamp(text) ? new(YamlKind.Timestamp) : ResolveNumber(text),
            _ => default,
        };
    }

    private static YamlValue ResolveNumber(string text)
    {
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        if (Integer(plain) is { } integer)
        {
            var fits = integer >= long.MinValue && integer <= (plain[0] == '+' ? long.MaxValue : ulong.MaxValue);
            var isDecimal = Decimal().IsMatch(plain);

            // Decimal numbers beyond 64 bits become floating point numbers; others keep their digits.
            if (fits || !isDecimal)
            {
                return new(YamlKind.Int, Number: integer.ToString(CultureInfo.InvariantCulture));
            }
        }

        return ResolveFloat(plain);
    }

    private static YamlValue ResolveFloat(string plain) =>
        FloatShape().IsMatch(plain)
        && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new(YamlKind.Float, Float: value)
            : default;

    /// <summary>Reads an integer of base 10, or 2, 8 and 16 after 0b, 0o or 0, and 0x.</summary>
    private static BigInteger? Integer(string plain)
    {
        var digits = plain.AsSpan(plain.Length > 0 && plain[0] is '+' or '-' ? 1 : 0);
        var radix = digits switch
        {
            ['0', 'x' or 'X', ..] => 16,
            ['0', 'b' or 'B', ..] => 2,
            ['0', _, ..] => 8,
            _ => 10,
        };
        var prefix = radix switch
        {
            10 => 0,
            8 when digits[1] is not ('o' or 'O') => 1,
            _ => 2,
        };
        digits = digits[prefix..];
        if (digits.IsEmpty)
        {
            return null;
        }

        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            var number = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : radix;
            if (number >= radix)
            {
                return null;
            }

            value = (value * radix) + number;
        }

        return plain[0] == '-' ? -value : value;
    }

    /// <summary>Whether the text is a date or a time; such values stay text, but are quoted when printed.</summary>
    private static bool IsTimestamp(string text)
    {
        var match = Timestamp().Match(text);
        if (!match.Success)
        {
            return false;
        }

        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var (year, month, day) = (Part("year"), Part("month"), Part("day"));
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(Math.Max(year, 1), month)
            && Part("hour") < 24 && Part("minute") < 60 && Part("second") < 60;
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex FloatShape();

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9]*)$")]
    private static partial Regex Decimal();

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})"
        + @"([Tt](?<hour>[0-9]{1,2}):(?<minute>[0-9]{1,2}):(?<second>[0-9]{1,2})(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})"
        + @"| (?<hour>[0-9]{1,2}):(?<minute>[0-9]{1,2}):(?<second>[0-9]{1,2})(\.[0-9]+)?)?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Timestamp();
}
