namespace KubeLab.Api.Cron;

/// <summary>The numbers that one field of a schedule allows, and whether it was a star.</summary>
internal readonly record struct CronBits(ulong Bits, bool IsStar)
{
    public bool Has(int number) => (Bits & (1UL << number)) != 0;

    public static CronBits operator |(CronBits left, CronBits right) => new(left.Bits | right.Bits, left.IsStar || right.IsStar);

    public static CronBits Range(int from, int to, int step, bool isStar)
    {
        var bits = 0UL;
        for (var i = from; i <= to; i += step)
        {
            bits |= 1UL << i;
        }

        return new(bits, isStar);
    }
}
