using KubeLab.Charts;

namespace KubeLab.Delays;

/// <summary>One piece of the way from a load step to served load.</summary>
/// <param name="Name">What was waited for.</param>
/// <param name="Stage">Whose doing it is.</param>
/// <param name="From">When it began: the end of the piece before.</param>
/// <param name="To">When it ended.</param>
public sealed record DelayPart(string Name, DelayStage Stage, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>How long it took.</summary>
    public TimeSpan Length => To - From;
}
