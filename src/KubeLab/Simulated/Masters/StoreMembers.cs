using KubeLab.Etcd;
using KubeLab.Etcd.Replicated;
using KubeLab.Simulation;

namespace KubeLab.Simulated.Masters;

/// <summary>The members of the store, one on each master: as long as a majority of them run and reach each other, these go on as one.</summary>
/// <remarks>
/// What they hold is kept once, and a majority agrees in no time. This is the one place where a store whose members replicate a log takes over: it gives each master its
/// own <see cref="IEtcd"/> by <see cref="Of"/>, and is told here which members run; whom they reach, the network says.
/// </remarks>
internal sealed class StoreMembers
{
    private readonly RaftEtcd store;
    private readonly Reachability network;
    private readonly OrderedDictionary<string, StoreMember> members = new(StringComparer.Ordinal);

    public StoreMembers(VirtualClock clock, Reachability network)
    {
        store = EtcdCluster.OfOne(clock);
        store.Stop();
        this.network = network;
        network.Changed += Decide;
    }

    /// <summary>The newest committed revision.</summary>
    public long Revision => store.Revision;

    /// <summary>Everything that is stored, without copying any object.</summary>
    public EtcdSnapshot Snapshot() => store.Snapshot();

    /// <summary>Whether some members have a majority.</summary>
    public bool HasQuorum => members.Values.Any(m => m.IsAvailable);

    /// <summary>The store as the member on <paramref name="machine"/> shows it; it becomes a voter when its process first runs.</summary>
    public StoreMember Of(string machine)
    {
        if (!members.TryGetValue(machine, out var member))
        {
            members.Add(machine, member = new StoreMember(store));
        }

        return member;
    }

    /// <summary>The process of a member runs.</summary>
    public void Start(string machine)
    {
        var member = Of(machine);
        (member.IsUp, member.IsVoter) = (true, true);
        Decide();
    }

    /// <summary>The process of a member has ended; what it holds is on its disk.</summary>
    public void Stop(string machine)
    {
        Of(machine).IsUp = false;
        Decide();
    }

    /// <summary>A master is given up for good, and its member with it.</summary>
    public void Remove(string machine)
    {
        if (members.Remove(machine, out var member))
        {
            member.IsUp = false;
            member.Lose();
            Decide();
        }
    }

    private void Decide()
    {
        var voters = members.Where(m => m.Value.IsVoter).ToList();
        var majority = (voters.Count / 2) + 1;
        bool HasMajority(string name, StoreMember member) =>
            member.IsUp && voters.Count(v => v.Value.IsUp && network.Reaches(name, v.Key)) >= majority;
        var able = voters.Where(v => HasMajority(v.Key, v.Value)).Select(v => v.Value).ToList();
        foreach (var (_, member) in voters.Where(v => !able.Contains(v.Value)))
        {
            member.Lose();
        }

        if (able.Count == 0)
        {
            store.Stop();
            return;
        }

        store.Start();
        able.ForEach(m => m.Gain());
    }
}
