using KubeLab.Etcd.Raft.Observing;
using KubeLab.Simulation;
using KubeLab.Simulation.Networking;

namespace KubeLab.Etcd.Raft;

/// <summary>The members that replicate one log, and the network between them.</summary>
public sealed partial class RaftGroup
{
    private readonly SortedDictionary<long, RaftMember> members = [];
    private readonly Func<long, IRaftStateMachine> newStateMachine;

    /// <summary>A group without members; <see cref="Bootstrap"/> makes the first ones.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="network">The network, in which members have their machines' names.</param>
    /// <param name="chance">Split by the members' names.</param>
    /// <param name="options">How members behave.</param>
    /// <param name="newStateMachine">Makes an empty state machine for a member, at each of its starts.</param>
    public RaftGroup(VirtualClock clock, SimulatedNetwork network, Randomness chance, RaftOptions options, Func<long, IRaftStateMachine> newStateMachine)
    {
        Clock = clock;
        Network = network;
        Chance = chance;
        Options = options;
        this.newStateMachine = newStateMachine;
        network.CutsChanging += Wake;
    }

    /// <summary>The clock.</summary>
    public VirtualClock Clock { get; }

    /// <summary>The present, as observers write it down: the clock's, unless the group lives by somebody else's.</summary>
    public DateTimeOffset Now => Calendar?.Invoke() ?? Clock.Now;

    /// <summary>The network.</summary>
    public SimulatedNetwork Network { get; }

    /// <summary>How members behave.</summary>
    public RaftOptions Options { get; }

    /// <summary>All members that have been made, in order of their numbers, also those that are down or have left.</summary>
    public IReadOnlyCollection<RaftMember> Members => members.Values;

    /// <summary>The member that leads: the one of the newest term, when a member that was cut off still believes it does too. Null while nobody does.</summary>
    public RaftMember? Leader =>
        members.Values.Where(m => m.Node?.Role == RaftRole.Leader).MaxBy(m => m.Node!.Term);

    /// <summary>What is written down about the group; null unless <see cref="RaftJournal.Keep"/> began it.</summary>
    public RaftJournal? Journal { get; internal set; }

    internal Randomness Chance { get; }

    /// <summary>What <see cref="Now"/> says, where that is not the clock.</summary>
    internal Func<DateTimeOffset>? Calendar { get; init; }

    /// <summary>Called after each step of a member's node; tests look for violations there.</summary>
    internal Action<RaftMember>? Stepped { get; set; }

    /// <summary>Called with each message that a member sends.</summary>
    internal Action<RaftMessage>? Sent { get; set; }

    /// <summary>A member by its number.</summary>
    public RaftMember this[long id] => members[id];

    /// <summary>Makes the first members: numbers 1, 2, … for the machines named.</summary>
    public void Bootstrap(params IReadOnlyList<string> machines)
    {
        ArgumentNullException.ThrowIfNull(machines);
        var snapshot = RaftSnapshot.Genesis(Membership.Of(Enumerable.Range(1, machines.Count).Select(i => (long)i)));
        for (var i = 0; i < machines.Count; i++)
        {
            Add(new RaftMember(this, i + 1, machines[i], snapshot));
        }
    }

    /// <summary>Makes a member that knows nothing yet; it belongs to the group when a change of the membership says so.</summary>
    public RaftMember Join(string machine)
    {
        var id = members.Count == 0 ? 1 : members.Keys.Max() + 1;
        Wake();
        var member = new RaftMember(this, id, machine, RaftSnapshot.Nothing);
        Add(member);
        return member;
    }

    internal IRaftStateMachine NewStateMachine(long id) => newStateMachine(id);

    internal void Deliver(RaftMember from, RaftMessage message)
    {
        Sent?.Invoke(message);
        Journal?.Sent(message);
        if (members.TryGetValue(message.To, out var to))
        {
            from.LinkTo(to).Send(() => to.Receive(message));
        }
    }

    private void Add(RaftMember member)
    {
        members.Add(member.Id, member);
        all = [.. members.Values];
    }
}
