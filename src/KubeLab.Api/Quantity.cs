using System.Numerics;
using System.Text.Json.Serialization;

namespace KubeLab.Api;

/// <summary>
/// An exact amount of a resource, such as <c>500m</c> CPU or <c>64Mi</c> of memory: a whole number times a power of ten, which
/// remembers the
/// format it was written in.
/// </summary>
/// <remarks>
/// Nothing here is ever a floating point number. Amounts finer than a billionth are rounded away from zero when they are read, and binary
/// amounts stop at 2^63-1, as upstream. Two quantities are equal when their amounts are: <c>1</c> equals <c>1000m</c>. The default value is
/// an explicit zero; an absent quantity is a null <c>Quantity?</c> or a missing map key. The usual value needs no heap memory.
/// Upstream: k8s.io/apimachinery/pkg/api/resource.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Quantity</seealso>
[JsonConverter(typeof(QuantityJsonConverter))]
public readonly partial struct Quantity : IEquatable<Quantity>, IComparable<Quantity>
{
    private readonly long value;
    private readonly WideInteger? wide;
    private readonly short scale;
    private readonly QuantityFormat format;

    internal Quantity(long value, int scale, QuantityFormat format)
    {
        this.value = value;
        this.scale = checked((short)scale);
        this.format = format;
    }

    private Quantity(WideInteger wide, int scale, QuantityFormat format)
        : this(0, scale, format) => this.wide = wide;

    /// <summary>An explicit zero.</summary>
    public static Quantity Zero => default;

    /// <summary>The format this quantity is printed in.</summary>
    public QuantityFormat Format => format;

    /// <summary>Whether the amount is zero.</summary>
    public bool IsZero => value == 0 && wide is null;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => wide is null ? Math.Sign(value) : wide.Value.Sign;

    /// <summary>The amount in whole units, rounded away from zero, and held at the ends of a <see cref="long"/>.</summary>
    public long Value => ScaledValue(0);

    /// <summary>The amount in thousandths, rounded away from zero, and held at the ends of a <see cref="long"/>.</summary>
    public long MilliValue => ScaledValue(-3);

    /// <summary>The nearest floating point number, for charts and ratios.</summary>
    public double AsDouble
    {
        get
        {
            var amount = wide is null ? value : (double)wide.Value;
            return scale switch
            {
                0 => amount,
                < 0 and >= -22 => amount / Math.Pow(10, -scale),
                _ => amount * Math.Pow(10, scale),
            };
        }
    }

    internal bool IsWide => wide is not null;

    internal long Narrow => value;

    internal BigInteger Unscaled => wide is null ? value : wide.Value;

    internal int Scale => scale;

    /// <summary>Reads a quantity.</summary>
    /// <exception cref="FormatException">The text is not a quantity; the message is upstream's.</exception>
    public static Quantity Parse(ReadOnlySpan<char> text)
    {
        var error = QuantityParser.Parse(text, out var quantity);
        return error is null ? quantity : throw new FormatException(error);
    }

    /// <summary>Reads a quantity; false, and zero, when the text is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity) => QuantityParser.Parse(text, out quantity) is null;

    /// <summary>A whole number of units.</summary>
    public static Quantity FromValue(long value, QuantityFormat format = QuantityFormat.DecimalSI) => new(value, 0, format);

    /// <summary>A number of thousandths, the usual way to count CPU.</summary>
    public static Quantity FromMilli(long milli, QuantityFormat format = QuantityFormat.DecimalSI) => new(milli, -3, format);

    /// <summary>A number of bytes, printed with binary suffixes.</summary>
    public static Quantity FromBytes(long bytes) => new(bytes, 0, QuantityFormat.BinarySI);

    /// <summary><paramref name="value"/> times ten to the power of <paramref name="scale"/> (-9 is nano, 9 is giga).</summary>
    public static Quantity FromScaled(long value, int scale) => new(value, scale, QuantityFormat.DecimalSI);

    /// <summary>The same amount in another format.</summary>
    public Quantity WithFormat(QuantityFormat other) => wide is null ? new(value, scale, other) : new(wide, scale, other);

    /// <summary>The amount in units of ten to the power of <paramref name="targetScale"/>, rounded away from zero, and held at the
    /// ends of a
    /// <see cref="long"/> (upstream leaves the overflow undefined).</summary>
    public long ScaledValue(int targetScale)
    {
        var shift = scale - targetScale;
        if (wide is null)
        {
            if (shift == 0 || value == 0)
            {
                return value;
            }

            if (shift < 0 && shift >= -PowersOfTen.MaxLong)
            {
                var (quotient, remainder) = Math.DivRem(value, PowersOfTen.Long(-shift));
                return remainder == 0 ? quotient : quotient + Math.Sign(value);
            }

            if (shift > 0 && shift <= PowersOfTen.MaxLong)
            {
                return Saturate((Int128)value * PowersOfTen.Long(shift));
            }
        }

        return Saturate(Rescale(Unscaled, shift));
    }

    /// <summary>The canonical form: no fraction, and the largest suffix that keeps the amount exact.</summary>
    public override string ToString() => QuantityPrinter.Print(this);

    internal static Quantity FromUnscaled(BigInteger unscaled, int scale, QuantityFormat format)
    {
        while (unscaled > long.MaxValue || unscaled < long.MinValue)
        {
            var tenth = BigInteger.DivRem(unscaled, 10, out var digit);
            if (!digit.IsZero)
            {
                return new(new WideInteger(unscaled), scale, format);
            }

            unscaled = tenth;
            scale++;
        }

        return new((long)unscaled, scale, format);
    }

    /// <summary>Multiplies by ten to the power of <paramref name="shift"/>, rounding away from zero.</summary>
    internal static BigInteger Rescale(BigInteger unscaled, int shift)
    {
        if (shift >= 0)
        {
            return unscaled * PowersOfTen.Big(shift);
        }

        var quotient = BigInteger.DivRem(unscaled, PowersOfTen.Big(-shift), out var remainder);
        return remainder.IsZero ? quotient : quotient + unscaled.Sign;
    }

    private static long Saturate(Int128 amount) =>
        amount > long.MaxValue ? long.MaxValue : amount < long.MinValue ? long.MinValue : (long)amount;

    private static long Saturate(BigInteger amount) =>
        amount > long.MaxValue ? long.MaxValue : amount < long.MinValue ? long.MinValue : (long)amount;
}
