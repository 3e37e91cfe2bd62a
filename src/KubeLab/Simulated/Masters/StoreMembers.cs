using KubeLab.Etcd;
using KubeLab.Etcd.Raft.Observing;
using KubeLab.Etcd.Replicated;
using KubeLab.Simulation;

namespace KubeLab.Simulated.Masters;

/// <summary>The members of the store, one on each master: they join when their process first runs, and are cut from each other as their machines are.</summary>
internal sealed class StoreMembers
{
    // How often a member that the others did not let in, or that could not be taken out, tries again.
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(5);

    private readonly VirtualClock clock;
    private readonly Reachability network;
    private readonly OrderedDictionary<string, StoreMember> members = new(StringComparer.Ordinal);

    public StoreMembers(VirtualClock clock, Randomness chance, Reachability network)
    {
        this.clock = clock;
        this.network = network;
        Cluster = new EtcdCluster(clock, chance);
        network.Changed += () => Connect([.. members.Keys]);
    }

    /// <summary>The members as a store.</summary>
    public EtcdCluster Cluster { get; }

    /// <summary>The newest committed revision.</summary>
    public long Revision => Cluster.Revision;

    /// <summary>Whether some members have a majority.</summary>
    public bool HasQuorum => members.Values.Any(m => m.IsAvailable);

    /// <summary>Everything that is stored, without copying any object.</summary>
    public EtcdSnapshot Snapshot() => Cluster.Snapshot();

    /// <summary>The store as the member on <paramref name="machine"/> shows it; it joins when its process first runs.</summary>
    public StoreMember Of(string machine)
    {
        if (!members.TryGetValue(machine, out var member))
        {
            members.Add(machine, member = new StoreMember());
        }

        return member;
    }

    /// <summary>The process of a member runs.</summary>
    public void Start(string machine)
    {
        Of(machine).IsUp = true;
        if (Cluster.Find(machine) is not null)
        {
            Cluster.Start(machine);
        }

        Join(machine);
    }

    /// <summary>The process of a member has ended; what it holds is on its disk.</summary>
    /// <param name="machine">Its machine.</param>
    /// <param name="isKilled">Whether it ended without a word.</param>
    public void Stop(string machine, bool isKilled = false)
    {
        Of(machine).IsUp = false;
        if (Cluster.Find(machine) is null)
        {
            return;
        }

        if (isKilled)
        {
            Cluster.Crash(machine);
        }
        else
        {
            Cluster.Stop(machine);
        }
    }

    /// <summary>A master is given up for good: the others take its member out, as soon as a majority of them agrees.</summary>
    public void Remove(string machine)
    {
        if (members.Remove(machine))
        {
            Leave(machine);
        }
    }

    private void Join(string machine)
    {
        if (!members.TryGetValue(machine, out var member) || !member.IsUp)
        {
            return;
        }

        Connect([.. members.Keys]);
        try
        {
            member.Join(Cluster.Add(machine));
            RaftJournal.Keep(Cluster.Group);
        }
        catch (EtcdException)
        {
            // As kubeadm join does, it asks again until a majority is there to let it in.
            clock.After(TryAgainAfter, () => Join(machine));
        }
    }

    private void Leave(string machine)
    {
        if (members.ContainsKey(machine) || Cluster.Find(machine) is null)
        {
            return;
        }

        Cluster.Crash(machine);
        if (Cluster.Count == 1)
        {
            return;
        }

        try
        {
            Cluster.Remove(machine);
        }
        catch (EtcdException)
        {
            clock.After(TryAgainAfter, () => Leave(machine));
        }
    }

    private void Connect(IReadOnlyList<string> machines) => Cluster.Connect(machines, network.Reaches);
}
