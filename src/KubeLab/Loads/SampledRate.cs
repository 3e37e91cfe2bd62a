using KubeLab.Nodes.Traffic;

namespace KubeLab.Loads;

/// <summary>A function of time that is asked now and then; between two askings the rate holds.</summary>
internal sealed class SampledRate(DateTimeOffset start, TimeSpan period, Func<DateTimeOffset, double> perSecond) : IRequestRate
{
    public double At(DateTimeOffset now)
    {
        var asked = start + (period * Math.Floor((now - start) / period));
        var rate = perSecond(asked);
        return rate >= 0 && double.IsFinite(rate)
            ? rate
            : throw new InvalidOperationException(FormattableString.Invariant($"{asked - start} after its start the load's function gave {rate}: a rate must be a number, 0 or more"));
    }

    public DateTimeOffset? NextChange(DateTimeOffset now) => start + (period * (Math.Floor((now - start) / period) + 1));
}
