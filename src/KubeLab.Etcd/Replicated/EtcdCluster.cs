using KubeLab.Etcd.Raft;
using KubeLab.Simulation;
using KubeLab.Simulation.Networking;

namespace KubeLab.Etcd.Replicated;

/// <summary>A store of several members, one on each master, that agree on every write by Raft. An API server talks to its own member: <see cref="Member"/>.</summary>
/// <remarks>
/// The members' messages, disks and time-outs run on a clock of their own, which is run ahead within a call; see <see cref="MembersTime"/> and decision 0006. Faults strike between two events of the
/// cluster's clock. Whoever looks on from outside of the simulation disturbs nothing: their reads are served by what a member has applied.
/// </remarks>
/// <seealso href="https://etcd.io/docs/v3.5/learning/">etcd</seealso>
public sealed partial class EtcdCluster
{
    private readonly VirtualClock clock;
    private readonly List<RaftEtcd> members = [];
    private readonly Dictionary<long, MemberStore> stores = [];
    private RaftEtcd?[] byId = [];

    // Who belongs to the store by the newest change that any member has applied, whoever may be down now.
    private (Membership Members, long Applied) newest = (Membership.Empty, 0);

    /// <summary>A store without members; <see cref="Bootstrap"/> or <see cref="Add"/> makes the first.</summary>
    /// <param name="clock">The cluster's clock.</param>
    /// <param name="chance">Decides election time-outs, travelling times and disks.</param>
    /// <param name="options">How members behave; null for the usual.</param>
    public EtcdCluster(VirtualClock clock, Randomness chance, EtcdOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(chance);
        this.clock = clock;
        Options = options ?? new EtcdOptions();
        Time = new MembersTime(clock);
        Network = new SimulatedNetwork(Time.Clock, chance.For("network"));
        Group = new RaftGroup(Time.Clock, Network, chance.For("raft"), Options.Raft, StoreOf) { RestsWhenQuiet = true, Calendar = () => Time.Shown };
        Group.Stepped += OnStepped;
        Time.Begin(Group);
    }

    /// <summary>How members behave.</summary>
    public EtcdOptions Options { get; }

    /// <summary>The members as Raft knows them, on their own clock.</summary>
    public RaftGroup Group { get; }

    /// <summary>The network between the members, by the machines' names.</summary>
    public SimulatedNetwork Network { get; }

    /// <summary>The members' present by the cluster's clock: later than the cluster's while they are ahead.</summary>
    public DateTimeOffset MembersNow => Time.Shown;

    /// <summary>How long the last request took, at whichever member.</summary>
    public TimeSpan LastLatency { get; internal set; }

    /// <summary>How many members belong to the store.</summary>
    public int Count => members.Count;

    /// <summary>The newest revision that any member has applied.</summary>
    public long Revision => members.Count == 0 ? 1 : members.Max(m => m.Revision);

    /// <summary>The member that leads; null while nobody does.</summary>
    public RaftEtcd? Leader => Group.Leader is { } leader ? Of(leader.Id) : null;

    internal MembersTime Time { get; }

    internal ObjectSizes Sizes { get; } = new();

    /// <summary>A store of one member, on its own majority.</summary>
    /// <param name="clock">The cluster's clock.</param>
    /// <param name="options">How it behaves; null for the usual.</param>
    public static RaftEtcd OfOne(VirtualClock clock, EtcdOptions? options = null) => new EtcdCluster(clock, new Randomness(1), options).Bootstrap("etcd")[0];

    /// <summary>Makes the first members at once, as an operator does with a list of initial members; they have a leader when this returns.</summary>
    public IReadOnlyList<RaftEtcd> Bootstrap(params IReadOnlyList<string> machines)
    {
        ArgumentNullException.ThrowIfNull(machines);
        Invariant.Holds(members.Count == 0, "first members are made once");
        Time.CatchUp();
        var begun = Time.Clock.Now;
        Group.Bootstrap(machines);
        foreach (var member in Group.Members)
        {
            Enlist(member);
        }

        newest = (members[0].Raft.Node!.Membership, 1);
        HurryWhoIsAlone(members[0]);
        while (!IsServing(members[0]) && Time.Step(begun + TimeSpan.FromMinutes(1)))
        {
        }

        Settle();

        // They were started so long before that they are ready now.
        Time.Forget(Time.Clock.Now - begun);
        Time.Arm();
        return members;
    }

    /// <summary>The member on a machine: what the API server there talks to.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public RaftEtcd Member(string machine) =>
        Find(machine) ?? throw new ArgumentException($"no member of the store is on {machine}: there are {string.Join(", ", members.Select(m => m.Name))}", nameof(machine));

    /// <summary>The member on a machine, or null.</summary>
    public RaftEtcd? Find(string machine) => members.Find(m => m.Name == machine);

    /// <summary>How all members stand, in the order in which they joined.</summary>
    public IReadOnlyList<EtcdMemberStatus> Members() => [.. members.Select(m => m.Status())];

    /// <summary>Everything the store holds now, by the member that has applied most; no object is copied.</summary>
    public EtcdSnapshot Snapshot() => members.MaxBy(m => m.Revision) is { } newest ? newest.Snapshot() : new EtcdSnapshot(1, []);

    internal RaftEtcd? Of(long id) => id < byId.Length ? byId[id] : null;

    /// <summary>Whether the group as it is can ever serve a request made at <paramref name="member"/>: some voter reaches a majority, and this member reaches that voter.</summary>
    internal bool CanServe(RaftEtcd member)
    {
        if (Group.Resting.Contains(member.Raft))
        {
            return true;
        }

        var membership = newest.Members;
        foreach (var voter in Group.Members)
        {
            if (membership.IsVoter(voter.Id) && IsLinked(voter, member.Raft) && CouldLead(voter, membership))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a request made at <paramref name="member"/> now would be served without waiting for an election.</summary>
    internal bool IsServing(RaftEtcd member)
    {
        if (Group.Resting.Contains(member.Raft))
        {
            return true;
        }

        return member.Raft.Node is { Leader: > 0 } node && Of(node.Leader) is { Raft: { Node: { Role: RaftRole.Leader } leader } raft }
            && leader.Term == node.Term && leader.HasCommittedOwnTerm && IsLinked(raft, member.Raft) && CouldLead(raft, newest.Members);
    }

    /// <summary>Lets the members finish what a request began: commitments reach the followers, and everybody comes to rest.</summary>
    internal void Settle()
    {
        // Who is slower than this gets it later, by the cluster's clock.
        var limit = Time.Clock.Now + SettlingMax;
        while (!Group.IsAtRest && Time.Step(limit))
        {
        }
    }

    private static TimeSpan SettlingMax { get; } = TimeSpan.FromMilliseconds(10);

    private bool CouldLead(RaftMember voter, Membership membership)
    {
        if (!voter.IsUp)
        {
            return false;
        }

        var reached = 0;
        foreach (var other in Group.Members)
        {
            reached += membership.IsVoter(other.Id) && IsLinked(voter, other) ? 1 : 0;
        }

        return reached >= membership.Quorum;
    }

    private static bool IsLinked(RaftMember one, RaftMember other) =>
        one.IsUp && other.IsUp && (one == other || (!one.LinkTo(other).IsCut && !other.LinkTo(one).IsCut));

    private RaftEtcd Enlist(RaftMember raft)
    {
        var member = new RaftEtcd(this, raft, stores[raft.Id], clock);
        members.Add(member);
        Array.Resize(ref byId, (int)Math.Max(byId.Length, raft.Id + 1));
        byId[raft.Id] = member;
        return member;
    }

    private MemberStore StoreOf(long id)
    {
        if (!stores.TryGetValue(id, out var store))
        {
            stores.Add(id, store = new MemberStore(Options));
        }

        return store;
    }

    /// <summary>etcd passes over all but one of the ticks for which a lone member would wait for nobody; here it is all of them.</summary>
    private static void HurryWhoIsAlone(RaftEtcd member)
    {
        if (member.Raft.Node?.Membership.Voters is [var only] && only == member.Raft.Id)
        {
            member.Raft.Campaign();
        }
    }

    /// <summary>Leases are the leader's business; and everybody's membership is known here.</summary>
    private void OnStepped(RaftMember stepped)
    {
        if (stepped.Node is { } node && node.Applied >= newest.Applied && !ReferenceEquals(node.Membership, newest.Members))
        {
            newest = (node.Membership, node.Applied);
        }

        if (Of(stepped.Id) is { } member)
        {
            member.FollowRole();
        }
    }
}
