using KubeLab.Etcd;
using KubeLab.Simulated.Replaying;
using KubeLab.Simulation;

namespace KubeLab.Simulated;

/// <content>Looking back, and going on differently: a cluster is its options and what was done to it, so any of its moments can be made again.</content>
public sealed partial class SimulatedCluster
{
    private readonly Journal journal = new();

    /// <inheritdoc/>
    public override SimulatedCluster Branch() => Repeat(Clock.Position, whole: true);

    /// <inheritdoc/>
    public override SimulatedCluster Rewind(DateTimeOffset time)
    {
        RequireWithin(time);
        return Repeat(new ClockPosition(time.UtcTicks, long.MaxValue, time.UtcTicks), whole: time == Now);
    }

    /// <inheritdoc/>
    public override Cluster At(DateTimeOffset time) => new PastCluster(Rewind(time));

    /// <summary>Does something to the cluster as whoever stands outside of it, and notes it.</summary>
    /// <param name="act">Does it now.</param>
    /// <param name="repeat">Does it again, to another cluster.</param>
    internal T Act<T>(Func<SimulatedCluster, T> act, Action<SimulatedCluster> repeat)
    {
        if (Clock.IsInside)
        {
            return act(this);
        }

        var entry = journal.Add(Clock.Position, plane.Store.Revision, repeat);
        try
        {
            return Clock.Inside(() => act(this));
        }
        catch
        {
            entry.Failed = true;
            throw;
        }
    }

    /// <summary>The same for what returns nothing.</summary>
    internal void Act(Action<SimulatedCluster> repeat, Action<SimulatedCluster> act) =>
        Act(
            c =>
            {
                act(c);
                return true;
            },
            repeat);

    /// <summary>The same where doing it again is doing the same.</summary>
    internal void Act(Action<SimulatedCluster> act) => Act(act, act);

    private SimulatedCluster Repeat(ClockPosition until, bool whole)
    {
        var other = new SimulatedCluster(options);
        foreach (var entry in journal.Entries)
        {
            if (entry.Position.NowTicks > until.NowTicks)
            {
                break;
            }

            other.Clock.RunTo(entry.Position);
            other.RequireSame(entry.Revision);
            entry.Repeat(other);
        }

        other.Clock.RunTo(until);
        if (whole)
        {
            other.RequireSame(plane.Store.Revision);
            other.RequireSame(plane.Store.Snapshot());
        }

        return other;
    }

    private void RequireWithin(DateTimeOffset time)
    {
        if (time < options.Start || time > Now)
        {
            throw new ArgumentOutOfRangeException(
                nameof(time), time, FormattableString.Invariant($"this cluster's time runs from {options.Start:yyyy-MM-dd HH:mm:ss} to {Now:yyyy-MM-dd HH:mm:ss} UTC: name an instant of it"));
        }
    }

    private void RequireSame(long revision)
    {
        if (plane.Store.Revision != revision)
        {
            throw NotTheSame($"at {Now:HH:mm:ss} the store stood at revision {revision}, and the repetition stands at {plane.Store.Revision}");
        }
    }

    private void RequireSame(EtcdSnapshot snapshot)
    {
        var mine = plane.Store.Snapshot().Items;
        for (var i = 0; i < Math.Max(mine.Count, snapshot.Items.Count); i++)
        {
            if (i >= mine.Count || i >= snapshot.Items.Count || mine[i].Key != snapshot.Items[i].Key || !mine[i].Value.Equals(snapshot.Items[i].Value))
            {
                throw NotTheSame($"{(i < snapshot.Items.Count ? snapshot.Items[i].Key : mine[i].Key)} differs");
            }
        }
    }

    private static InvalidOperationException NotTheSame(string difference) => new(
        $"this cluster cannot be repeated exactly ({difference}): something was done to it that is not noted, for example through its Cloud, Scheduler or Controllers, "
        + "or a program of its own behaves differently the second time. Act through the cluster's own methods, kubectl or the API, and keep chance in the program's context");
}
