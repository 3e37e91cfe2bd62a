using System.Globalization;
using System.Numerics;

namespace KubeLab.Api;

/// <summary>Writes quantities in canonical form.</summary>
internal static class QuantityPrinter
{
    private const int LargestBinaryPower = 6;

    /// <summary>The canonical form: no fraction, no lost digit, and the largest suffix that allows both.</summary>
    public static string Print(Quantity quantity)
    {
        if (quantity.IsZero)
        {
            return "0";
        }

        return quantity.Format == QuantityFormat.BinarySI && TryBinary(quantity, out var text) ? text : Decimal(quantity);
    }

    /// <summary>Moves trailing decimal zeros into the scale.</summary>
    public static (BigInteger Unscaled, int Scale) WithoutTrailingZeros(BigInteger unscaled, int scale)
    {
        while (!unscaled.IsZero)
        {
            var tenth = BigInteger.DivRem(unscaled, 10, out var digit);
            if (!digit.IsZero)
            {
                break;
            }

            unscaled = tenth;
            scale++;
        }

        return (unscaled, scale);
    }

    private static string Decimal(Quantity quantity)
    {
        var format = quantity.Format == QuantityFormat.BinarySI ? QuantityFormat.DecimalSI : quantity.Format;
        if (quantity.IsWide)
        {
            var (unscaled, wideScale) = WithoutTrailingZeros(quantity.Unscaled, quantity.Scale);
            var wideShift = Modulo3(wideScale);
            unscaled *= PowersOfTen.Long(wideShift);
            return unscaled.ToString(CultureInfo.InvariantCulture) + QuantitySuffix.ForTen(wideScale - wideShift, format);
        }

        var (digits, scale) = (quantity.Narrow, quantity.Scale);
        while (digits % 10 == 0)
        {
            digits /= 10;
            scale++;
        }

        // Suffixes step by a thousand, so one or two zeros may have to come back.
        var shift = Modulo3(scale);
        var number = (Int128)digits * PowersOfTen.Long(shift);
        return number.ToString(CultureInfo.InvariantCulture) + QuantitySuffix.ForTen(scale - shift, format);
    }

    /// <summary>Binary form, for whole amounts of at least 1024; smaller and broken ones are clearer, and exact, in decimal form.</summary>
    private static bool TryBinary(Quantity quantity, out string text)
    {
        if (!quantity.IsWide && quantity.Scale == 0)
        {
            return TryBinary(quantity.Narrow, out text);
        }

        text = "";
        var whole = Quantity.Rescale(quantity.Unscaled, quantity.Scale);
        if (BigInteger.Abs(whole) < 1024 || !IsWhole(quantity))
        {
            return false;
        }

        var power = 0;
        while (power < LargestBinaryPower && (whole & 1023).IsZero)
        {
            whole >>= 10;
            power++;
        }

        text = whole.ToString(CultureInfo.InvariantCulture) + QuantitySuffix.For1024(power);
        return true;
    }

    private static bool TryBinary(long whole, out string text)
    {
        text = "";
        if (whole is > -1024 and < 1024)
        {
            return false;
        }

        var power = BitOperations.TrailingZeroCount(whole) / 10;
        text = (whole >> (10 * power)).ToString(CultureInfo.InvariantCulture) + QuantitySuffix.For1024(power);
        return true;
    }

    private static bool IsWhole(Quantity quantity) =>
        quantity.Scale >= 0 || (quantity.Unscaled % PowersOfTen.Big(-quantity.Scale)).IsZero;

    private static int Modulo3(int scale) => ((scale % 3) + 3) % 3;
}
