using KubeLab.Charts;

namespace KubeLab.Delays;

/// <summary>Cuts the time between two instants into pieces that follow each other without a gap, so that they add up to the whole.</summary>
internal sealed class DelayPath(DateTimeOffset from, DateTimeOffset to)
{
    private readonly List<DelayPart> parts = [];

    /// <summary>The pieces, in order.</summary>
    public IReadOnlyList<DelayPart> Parts => parts;

    /// <summary>Where the last piece ends.</summary>
    public DateTimeOffset At => parts.Count == 0 ? from : parts[^1].To;

    /// <summary>Something was waited for until an instant; one that is past already, or unknown, makes a piece without length.</summary>
    public DelayPath Until(DateTimeOffset? instant, string name, DelayStage stage)
    {
        var end = instant is { } known && known > At ? known : At;
        parts.Add(new DelayPart(name, stage, At, end < to ? end : to));
        return this;
    }

    /// <summary>The last piece: it takes what is left.</summary>
    public DelayPath Rest(string name, DelayStage stage) => Until(to, name, stage);
}
