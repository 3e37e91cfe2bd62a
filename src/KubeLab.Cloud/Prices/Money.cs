using System.Globalization;

namespace KubeLab.Cloud.Prices;

/// <summary>An amount in one currency; decimal arithmetic throughout, rounded only when displayed.</summary>
/// <param name="Amount">How much, in units of the currency (not cents).</param>
/// <param name="Currency">ISO 4217 code, for example <c>USD</c>.</param>
public readonly record struct Money(decimal Amount, string Currency) : IComparable<Money>
{
    /// <summary>Nothing, in <paramref name="currency"/>.</summary>
    public static Money Zero(string currency) => new(0, currency);

    /// <summary>The sum.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) => new(left.Amount + right.Amount, Common(left, right));

    /// <summary>The difference.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator -(Money left, Money right) => new(left.Amount - right.Amount, Common(left, right));

    /// <summary>A multiple.</summary>
    public static Money operator *(Money money, decimal factor) => money with { Amount = money.Amount * factor };

    /// <summary>A multiple.</summary>
    public static Money operator *(decimal factor, Money money) => money * factor;

    /// <summary>A part.</summary>
    public static Money operator /(Money money, decimal divisor) => money with { Amount = money.Amount / divisor };

    /// <summary>The ratio of two amounts.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static decimal operator /(Money left, Money right)
    {
        _ = Common(left, right);
        return left.Amount / right.Amount;
    }

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left amount is larger.</summary>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left amount is not larger.</summary>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left amount is not smaller.</summary>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(Money other)
    {
        _ = Common(this, other);
        return Amount.CompareTo(other.Amount);
    }

    /// <summary>The amount with <paramref name="decimals"/> places and its currency, for example <c>0.4075 USD</c>.</summary>
    public string ToString(int decimals) =>
        Amount.ToString($"N{decimals}", CultureInfo.InvariantCulture) + " " + Currency;

    /// <summary>Two places; three below 10, where hourly prices live.</summary>
    public override string ToString() => ToString(Math.Abs(Amount) < 10 ? 3 : 2);

    private static string Common(Money left, Money right) =>
        left.Currency == right.Currency
            ? left.Currency
            : throw new InvalidOperationException($"cannot combine {left} with {right}: convert one of them first");
}
