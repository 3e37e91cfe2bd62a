namespace KubeLab.Simulated;

/// <content>Patience: who stands outside of the cluster waits while the store elects a leader, and time passes meanwhile.</content>
public sealed partial class SimulatedCluster
{
    // As long as a member waits for the others before it gives a request up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    /// <summary>Whether this is a moment of the past, in which nobody can wait.</summary>
    internal bool StandsStill { get; set; }

    /// <summary>Lets time pass until the store answers the API server that those outside are connected with, or until it would have given up.</summary>
    /// <remarks>
    /// A component of the cluster cannot do so: it calls in the middle of an event, and is answered at once, by members that have lived ahead. So what a learner sees as a pause, kubectl that says nothing for
    /// a second and a half, happens here. A real client whose write is under way at the very moment in which the leader dies may be told "request timed out, possibly due to previous leader failure" instead.
    /// </remarks>
    internal void AwaitStore()
    {
        if (!StandsStill && !Clock.IsInside && !Clock.IsInEvent && !IsStoreReady())
        {
            Clock.RunUntil(IsStoreReady, Patience);
        }
    }

    /// <summary>Nobody waits for a server that is not there: it refuses at once.</summary>
    private bool IsStoreReady() =>
        plane.Balancer.MachineForOutside is not { } machine || plane.Store.Of(machine).Joined is not { IsReady: false };
}
