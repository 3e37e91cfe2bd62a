namespace KubeLab.Api;

/// <summary>The suffixes of quantities: what each one multiplies by, and which one a power is written with.</summary>
internal static class QuantitySuffix
{
    /// <summary>The largest exponent that is read. Upstream sets no bound here; ours keeps a typing slip from filling the memory.</summary>
    private const int MaxExponent = 9999;

    private static readonly string[] Decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

    private static readonly string[] Binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    /// <summary>Reads a suffix as a power of ten, or of two when the format is binary; false when there is no such suffix.</summary>
    public static bool TryRead(ReadOnlySpan<char> suffix, out int exponent, out QuantityFormat format)
    {
        format = QuantityFormat.DecimalSI;
        exponent = 0;
        if (suffix.IsEmpty)
        {
            return true;
        }

        if (suffix.Length == 1 && "numkMGTPE".IndexOf(suffix[0]) is >= 0 and var letter)
        {
            exponent = (letter < 3 ? letter - 3 : letter - 2) * 3;
            return true;
        }

        if (suffix.Length == 2 && suffix[1] == 'i' && "KMGTPE".IndexOf(suffix[0]) is >= 0 and var power)
        {
            format = QuantityFormat.BinarySI;
            exponent = (power + 1) * 10;
            return true;
        }

        format = QuantityFormat.DecimalExponent;
        return suffix.Length > 1 && suffix[0] is 'e' or 'E'
            && int.TryParse(suffix[1..], System.Globalization.NumberStyles.AllowLeadingSign, null, out exponent)
            && exponent is >= -MaxExponent and <= MaxExponent;
    }

    /// <summary>The suffix for ten to a power that is a multiple of three.</summary>
    public static string ForTen(int exponent, QuantityFormat format)
    {
        if (exponent == 0)
        {
            return "";
        }

        var letter = (exponent / 3) + 3;
        return format == QuantityFormat.DecimalSI && letter >= 0 && letter < Decimal.Length ? Decimal[letter] : $"e{exponent}";
    }

    /// <summary>The suffix for 1024 to a power from 0 to 6.</summary>
    public static string For1024(int power) => Binary[power];
}
