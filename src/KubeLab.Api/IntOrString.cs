using System.Globalization;
using System.Text.Json.Serialization;

namespace KubeLab.Api;

/// <summary>A whole number or a text: a port number or its name, a number of pods or a percentage of them.</summary>
/// <remarks>Upstream: k8s.io/apimachinery/pkg/util/intstr.</remarks>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/">API concepts</seealso>
[JsonConverter(typeof(IntOrStringJsonConverter))]
public readonly record struct IntOrString
{
    private readonly int number;
    private readonly string? text;

    private IntOrString(int number, string? text) => (this.number, this.text) = (number, text);

    /// <summary>Whether this is a text, not a number.</summary>
    public bool IsString => text is not null;

    /// <summary>The text, or null when this is a number.</summary>
    public string? StrVal => text;

    /// <summary>The number, the number that the text spells, or 0.</summary>
    public int IntValue => text is null ? number : TryAtoi(text, out var spelled) ? spelled : 0;

    /// <summary>A number.</summary>
    public static IntOrString FromInt(int value) => new(value, null);

    /// <summary>A text.</summary>
    public static IntOrString FromString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(0, value);
    }

    /// <summary>A number when <paramref name="value"/> spells one, otherwise a text: how flags are read.</summary>
    public static IntOrString Parse(string value) => TryAtoi(value, out var number) ? FromInt(number) : FromString(value);

    /// <summary>A number.</summary>
    public static implicit operator IntOrString(int value) => FromInt(value);

    /// <summary>A text.</summary>
    public static implicit operator IntOrString(string value) => FromString(value);

    /// <summary>The number itself, or the percentage of <paramref name="total"/>, rounded up or down.</summary>
    /// <exception cref="FormatException">The text is not a percentage such as <c>25%</c>; a bare number in quotes is not one
    /// either.</exception>
    public int Scaled(int total, bool roundUp)
    {
        if (text is null)
        {
            return number;
        }

        if (!text.EndsWith('%'))
        {
            throw new FormatException("invalid value for IntOrString: invalid type: string is not a percentage");
        }

        var digits = text[..^1];
        if (!TryAtoi(digits, out var percent))
        {
            var reason = IsWholeNumber(digits) ? "value out of range" : "invalid syntax";
            throw new FormatException(
                $"invalid value for IntOrString: invalid value {GoQuote.Quote(text)}: "
                + $"strconv.Atoi: parsing {GoQuote.Quote(digits)}: {reason}");
        }

        var hundredths = (long)percent * total;
        var (quotient, remainder) = Math.DivRem(hundredths, 100);
        return (int)(roundUp && remainder > 0 ? quotient + 1 : !roundUp && remainder < 0 ? quotient - 1 : quotient);
    }

    /// <summary>The text, or the number in digits.</summary>
    public override string ToString() => text ?? number.ToString(CultureInfo.InvariantCulture);

    // Signs are allowed; white space and separators are not.
    private static bool TryAtoi(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool IsWholeNumber(string text)
    {
        var digits = text.AsSpan(text.StartsWith('-') || text.StartsWith('+') ? 1 : 0);
        return !digits.IsEmpty && digits.IndexOfAnyExceptInRange('0', '9') < 0;
    }
}
