using KubeLab.Etcd.Raft;
using KubeLab.Simulation;

namespace KubeLab.Etcd.Replicated;

/// <summary>The members' clock beside the cluster's: it is run ahead within a call, until the members have agreed, and kept abreast by the cluster's events otherwise.</summary>
/// <remarks>
/// The members live through more time than the cluster. What a request took while everything was well is taken off again, because the cluster did not wait for it, and a thousand requests of one instant must not
/// put the members seconds ahead. What members waited for, such as an election, is not: until the cluster has come that far, whoever asks waits for the rest of it.
/// </remarks>
internal sealed class MembersTime(VirtualClock cluster)
{
    private TimeSpan lived;
    private Scheduled? pump;
    private RaftGroup? group;

    /// <summary>The members' clock.</summary>
    public VirtualClock Clock { get; } = new(cluster.Now);

    /// <summary>Whether the members are at work right now, so that whoever is called is called by them.</summary>
    public bool IsRunning { get; set; }

    /// <summary>The instant of the members' clock that is the cluster's present.</summary>
    public DateTimeOffset Abreast => cluster.Now + lived;

    /// <summary>How far the members are ahead of the cluster.</summary>
    public TimeSpan Ahead => Clock.Now > Abreast ? Clock.Now - Abreast : TimeSpan.Zero;

    /// <summary>The members' present by the cluster's clock.</summary>
    public DateTimeOffset Shown => Clock.Now - lived;

    /// <summary>Keeps the members of <paramref name="of"/> abreast from now on.</summary>
    public void Begin(RaftGroup of) => group = of;

    /// <summary>Lets happen to the members what is due by the cluster's clock.</summary>
    public void CatchUp()
    {
        var span = Abreast - Clock.Now;
        if (span > TimeSpan.Zero || (span == TimeSpan.Zero && Clock.NextDue <= Clock.Now))
        {
            Run(span);
        }
    }

    /// <summary>Runs the members' next event; false when there is none up to <paramref name="limit"/>.</summary>
    public bool Step(DateTimeOffset limit)
    {
        if (Clock.NextDue is not { } due || due > limit)
        {
            return false;
        }

        IsRunning = true;
        try
        {
            return Clock.Step();
        }
        finally
        {
            IsRunning = false;
        }
    }

    /// <summary>Lets the members' time pass up to <paramref name="limit"/>.</summary>
    public void RunTo(DateTimeOffset limit)
    {
        if (limit > Clock.Now)
        {
            Run(limit - Clock.Now);
        }
    }

    /// <summary>The cluster has not waited for what the members did in this time.</summary>
    public void Forget(TimeSpan served) => lived += served;

    /// <summary>Has the cluster's clock call when something is due among the members; a group at rest has nothing due.</summary>
    public void Arm()
    {
        if (group is not { IsAwake: true } || Clock.NextDue is not { } next)
        {
            return;
        }

        var due = next - lived;
        if (due < cluster.Now)
        {
            due = cluster.Now;
        }

        if (pump is null || pump.IsOver || pump.Due > due)
        {
            pump?.Cancel();
            pump = cluster.At(due, Pump);
        }
    }

    private void Pump()
    {
        CatchUp();
        Arm();
    }

    private void Run(TimeSpan span)
    {
        IsRunning = true;
        try
        {
            Clock.RunFor(span);
        }
        finally
        {
            IsRunning = false;
        }
    }
}
