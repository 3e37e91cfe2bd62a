using KubeLab.Nodes.Traffic;

namespace KubeLab.Loads;

/// <summary>One rate times another, such as a usual day times what a sale makes of it.</summary>
internal sealed class ProductRate(IRequestRate rate, IRequestRate times) : IRequestRate
{
    public double At(DateTimeOffset now) => rate.At(now) * times.At(now);

    public DateTimeOffset? NextChange(DateTimeOffset now) => (rate.NextChange(now), times.NextChange(now)) switch
    {
        ({ } one, { } other) => one < other ? one : other,
        var (one, other) => one ?? other,
    };
}
