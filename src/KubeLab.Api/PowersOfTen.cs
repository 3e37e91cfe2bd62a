using System.Numerics;

namespace KubeLab.Api;

/// <summary>Powers of ten, exact.</summary>
internal static class PowersOfTen
{
    /// <summary>The largest exponent whose power fits a <see cref="long"/>.</summary>
    public const int MaxLong = 18;

    private static ReadOnlySpan<long> Table =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <summary>10^<paramref name="exponent"/> for 0 to 18.</summary>
    public static long Long(int exponent) => Table[exponent];

    /// <summary>10^<paramref name="exponent"/> for any exponent that is not negative.</summary>
    public static BigInteger Big(int exponent) => exponent <= MaxLong ? Table[exponent] : BigInteger.Pow(10, exponent);
}
