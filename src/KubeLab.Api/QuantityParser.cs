using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace KubeLab.Api;

/// <summary>Reads quantities with the tolerance and the messages of upstream's scanner.</summary>
internal static class QuantityParser
{
    private const string WrongFormat =
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private const string WrongSuffix = "unable to parse quantity's suffix";

    private const int Nano = -9;

    /// <summary>More digits than any amount needs; each further one would cost more than the one before.</summary>
    private const int DigitsMax = 1000;

    private static readonly SearchValues<char> SuffixLetters = SearchValues.Create("eEinumkKMGTP");

    /// <summary>Reads <paramref name="text"/>; null on success, otherwise what is wrong.</summary>
    public static string? Parse(ReadOnlySpan<char> text, out Quantity quantity)
    {
        quantity = default;
        if (!TrySplit(text, out var negative, out var whole, out var fraction, out var suffix) || whole.Length + fraction.Length > DigitsMax)
        {
            return WrongFormat;
        }

        if (!QuantitySuffix.TryRead(suffix, out var exponent, out var format))
        {
            return WrongSuffix;
        }

        if (whole.Length + fraction.Length <= PowersOfTen.MaxLong)
        {
            quantity = Small(Digits(whole, fraction), negative, exponent - fraction.Length, fraction.Length, exponent, format);
            return null;
        }

        var digits = BigInteger.Parse($"0{whole}{fraction}", NumberStyles.None, CultureInfo.InvariantCulture);
        quantity = Exact(digits, negative, fraction.Length, exponent, format);
        return null;
    }

    /// <summary>The usual case: at most 18 digits and no rounding.</summary>
    private static Quantity Small(long digits, bool negative, int scale, int fractionLength, int exponent, QuantityFormat format)
    {
        if (format != QuantityFormat.BinarySI)
        {
            return scale >= Nano
                ? new(negative ? -digits : digits, digits == 0 ? 0 : scale, format)
                : Exact(digits, negative, fractionLength, exponent, format);
        }

        if (fractionLength == 0 && digits <= long.MaxValue >> exponent)
        {
            var bytes = digits << exponent;
            return new(negative ? -bytes : bytes, 0, format);
        }

        return Exact(digits, negative, fractionLength, exponent, format);
    }

    /// <summary>The general case: rounds away from zero below a billionth, and holds binary amounts at 2^63-1.</summary>
    private static Quantity Exact(BigInteger amount, bool negative, int fractionLength, int exponent, QuantityFormat format)
    {
        var scale = -fractionLength;
        if (format == QuantityFormat.BinarySI)
        {
            amount <<= exponent;
        }
        else
        {
            scale += exponent;
        }

        if (amount.IsZero)
        {
            return new(0, 0, format);
        }

        if (scale < Nano)
        {
            amount = Quantity.Rescale(amount, scale - Nano);
            scale = Nano;
        }

        if (format == QuantityFormat.BinarySI)
        {
            var one = PowersOfTen.Big(-scale);
            if (amount > one * long.MaxValue)
            {
                (amount, scale) = (long.MaxValue, 0);
            }
            else if (amount < one)
            {
                // Binary suffixes cannot say less than one.
                format = QuantityFormat.DecimalSI;
            }
        }

        return Quantity.FromUnscaled(negative ? -amount : amount, scale, format);
    }

    private static long Digits(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction)
    {
        var digits = 0L;
        foreach (var c in whole)
        {
            digits = (digits * 10) + (c - '0');
        }

        foreach (var c in fraction)
        {
            digits = (digits * 10) + (c - '0');
        }

        return digits;
    }

    /// <summary>Splits sign, whole digits (without leading zeros), fraction digits and suffix; false when other characters are in
    /// the way.</summary>
    private static bool TrySplit(
        ReadOnlySpan<char> text,
        out bool negative,
        out ReadOnlySpan<char> whole,
        out ReadOnlySpan<char> fraction,
        out ReadOnlySpan<char> suffix)
    {
        negative = !text.IsEmpty && text[0] == '-';
        whole = fraction = suffix = default;
        if (text.IsEmpty)
        {
            return false;
        }

        var rest = text[0] is '-' or '+' ? text[1..] : text;
        rest = rest.TrimStart('0');
        whole = rest[..DigitCount(rest)];
        rest = rest[whole.Length..];
        if (!rest.IsEmpty && rest[0] == '.')
        {
            rest = rest[1..];
            fraction = rest[..DigitCount(rest)];
            rest = rest[fraction.Length..];
        }

        suffix = rest;
        var letters = rest.IndexOfAnyExcept(SuffixLetters);
        rest = letters < 0 ? default : rest[letters..];
        if (!rest.IsEmpty && rest[0] is '-' or '+')
        {
            rest = rest[1..];
        }

        return rest.IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static int DigitCount(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
