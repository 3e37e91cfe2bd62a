namespace KubeLab.Autoscaling.Vertical.Updating;

/// <summary>The pods of one controller, and how many of them may go.</summary>
/// <remarks>Upstream: singleGroupStats in pkg/updater/restriction.</remarks>
/// <param name="configured">How many the controller wants.</param>
/// <param name="running">How many run.</param>
/// <param name="toleranceFraction">The part of them that may be away.</param>
internal sealed class ReplicaGroup(int configured, int running, double toleranceFraction)
{
    private readonly int tolerance = (int)(configured * toleranceFraction);

    /// <summary>How many have been evicted in this round.</summary>
    public int Evicted { get; set; }

    /// <summary>Whether one that runs may be evicted: enough stay, or the part that may be away is less than one pod, and all run.</summary>
    public bool AllowsEviction => running - Evicted > configured - tolerance || (configured == running && tolerance == 0 && Evicted == 0);
}
