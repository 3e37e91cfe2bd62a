namespace KubeLab.Api;

/// <content>Sums and comparisons. They are exact, and a sum takes the format of its first operand unless that is zero.</content>
public readonly partial struct Quantity
{
    /// <summary>Adds exactly; the format is that of <paramref name="left"/>, or of <paramref name="right"/> when left is zero.</summary>
    public static Quantity operator +(Quantity left, Quantity right)
    {
        if (left.IsZero)
        {
            return right;
        }

        if (right.IsZero)
        {
            return left;
        }

        if (left.wide is null && right.wide is null)
        {
            if (left.scale == right.scale)
            {
                var sum = unchecked(left.value + right.value);
                if (((left.value ^ sum) & (right.value ^ sum)) >= 0)
                {
                    return new(sum, left.scale, left.format);
                }
            }
            else if (Math.Abs(left.scale - right.scale) <= PowersOfTen.MaxLong)
            {
                var low = Math.Min(left.scale, right.scale);
                var sum = left.At(low) + right.At(low);
                if (sum >= long.MinValue && sum <= long.MaxValue)
                {
                    return new((long)sum, low, left.format);
                }
            }
        }

        var scale = Math.Min(left.scale, right.scale);
        return FromUnscaled(Rescale(left.Unscaled, left.scale - scale) + Rescale(right.Unscaled, right.scale - scale), scale, left.format);
    }

    /// <summary>Subtracts exactly; the format is that of <paramref name="left"/>, or of <paramref name="right"/> when left is
    /// zero.</summary>
    public static Quantity operator -(Quantity left, Quantity right) => left + -right;

    /// <summary>The same amount with the other sign.</summary>
    public static Quantity operator -(Quantity quantity) => quantity.wide is null && quantity.value != long.MinValue
        ? new(-quantity.value, quantity.scale, quantity.format)
        : FromUnscaled(-quantity.Unscaled, quantity.scale, quantity.format);

    /// <summary>Multiplies exactly.</summary>
    public static Quantity operator *(Quantity quantity, long factor)
    {
        if (quantity.wide is null)
        {
            var product = (Int128)quantity.value * factor;
            if (product >= long.MinValue && product <= long.MaxValue)
            {
                return new((long)product, quantity.scale, quantity.format);
            }
        }

        return FromUnscaled(quantity.Unscaled * factor, quantity.scale, quantity.format);
    }

    /// <summary>Whether the amounts are equal.</summary>
    public static bool operator ==(Quantity left, Quantity right) => left.CompareTo(right) == 0;

    /// <summary>Whether the amounts differ.</summary>
    public static bool operator !=(Quantity left, Quantity right) => left.CompareTo(right) != 0;

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(Quantity left, Quantity right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left amount is larger.</summary>
    public static bool operator >(Quantity left, Quantity right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left amount is smaller or equal.</summary>
    public static bool operator <=(Quantity left, Quantity right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left amount is larger or equal.</summary>
    public static bool operator >=(Quantity left, Quantity right) => left.CompareTo(right) >= 0;

    /// <summary>The larger of two; the left one when they are equal.</summary>
    public static Quantity Max(Quantity left, Quantity right) => right > left ? right : left;

    /// <summary>The smaller of two; the left one when they are equal.</summary>
    public static Quantity Min(Quantity left, Quantity right) => right < left ? right : left;

    /// <inheritdoc/>
    public int CompareTo(Quantity other)
    {
        if (wide is null && other.wide is null)
        {
            if (scale == other.scale)
            {
                return value.CompareTo(other.value);
            }

            if (Math.Abs(scale - other.scale) <= PowersOfTen.MaxLong)
            {
                var low = Math.Min(scale, other.scale);
                return At(low).CompareTo(other.At(low));
            }
        }

        if (Sign != other.Sign || Sign == 0)
        {
            return Sign.CompareTo(other.Sign);
        }

        var lowest = Math.Min(scale, other.scale);
        return Rescale(Unscaled, scale - lowest).CompareTo(Rescale(other.Unscaled, other.scale - lowest));
    }

    /// <inheritdoc/>
    public bool Equals(Quantity other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Quantity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // Equal amounts may be stored with different scales, so trailing zeros must not count.
        if (wide is null)
        {
            var (digits, power) = WithoutTrailingZeros(value, scale);
            return HashCode.Combine(digits, power);
        }

        var (unscaled, exponent) = QuantityPrinter.WithoutTrailingZeros(wide.Value, scale);
        return unscaled >= long.MinValue && unscaled <= long.MaxValue
            ? HashCode.Combine((long)unscaled, exponent)
            : HashCode.Combine(unscaled, exponent);
    }

    private static (long Digits, int Scale) WithoutTrailingZeros(long digits, int scale)
    {
        if (digits == 0)
        {
            return (0, 0);
        }

        while (digits % 10 == 0)
        {
            digits /= 10;
            scale++;
        }

        return (digits, scale);
    }

    private Int128 At(int lowerScale) => (Int128)value * PowersOfTen.Long(scale - lowerScale);
}
