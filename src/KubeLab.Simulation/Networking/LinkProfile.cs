namespace KubeLab.Simulation.Networking;

/// <summary>How a link behaves: how long a message travels, and what may happen to it on its way.</summary>
/// <remarks>Without faults it behaves as a TCP connection does: nothing is lost, doubled, or overtaken.</remarks>
public sealed record LinkProfile
{
    /// <summary>Two machines in one zone: a quarter of a millisecond one way.</summary>
    public static LinkProfile SameZone { get; } = new();

    /// <summary>The mean travelling time, one way.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMicroseconds(250);

    /// <summary>The travelling time's standard deviation over its mean (log-normal); 0 makes it constant.</summary>
    public double Variation { get; init; } = 0.3;

    /// <summary>The share of messages that are lost, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>The share of messages that arrive twice, 0 to 1.</summary>
    public double Duplication { get; init; }

    /// <summary>The share of messages that dawdle and may be overtaken, 0 to 1.</summary>
    public double Reordering { get; init; }

    /// <summary>How much longer a message that dawdles takes at the most.</summary>
    public TimeSpan ReorderingDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Draws a travelling time.</summary>
    public TimeSpan Draw(Randomness chance) =>
        Variation == 0 ? Latency : TimeSpan.FromTicks((long)chance.LogNormal(Latency.Ticks, Variation));
}
