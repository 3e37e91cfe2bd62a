namespace KubeLab.Etcd.Raft;

/// <summary>How members of a group behave. The defaults are etcd's.</summary>
/// <seealso href="https://etcd.io/docs/v3.5/tuning/">tuning</seealso>
public sealed record RaftOptions
{
    /// <summary>The length of a tick, in which time-outs are counted.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How many ticks lie between two heartbeats.</summary>
    public int HeartbeatTicks { get; init; } = 1;

    /// <summary>After how many ticks without a word from a leader an election may begin; each member waits a random number in [this, 2 × this).</summary>
    public int ElectionTicks { get; init; } = 10;

    /// <summary>Whether a member asks for promises before it raises the term, so that one who was cut off does not depose a leader when it returns.</summary>
    public bool PreVote { get; init; } = true;

    /// <summary>Whether a leader that hears from no majority for an election time-out steps down, and members that hear of a leader refuse to vote.</summary>
    public bool CheckQuorum { get; init; } = true;

    /// <summary>Whether a leader answers reads without asking, while the last heartbeats guarantee that nobody else can lead. Needs <see cref="CheckQuorum"/>.</summary>
    public bool LeaseReads { get; init; }

    /// <summary>How many bytes of entries one message carries at the most; a single larger entry goes alone.</summary>
    public int MessageBytesMax { get; init; } = 512 * 1024;

    /// <summary>How many messages with entries may be under way to one follower.</summary>
    public int InflightMax { get; init; } = 512;

    /// <summary>How many bytes may wait in the leader's log to be committed; what is proposed beyond is refused. An empty queue takes any one proposal.</summary>
    public long UncommittedBytesMax { get; init; } = long.MaxValue;

    /// <summary>After how many applied entries a member makes a snapshot.</summary>
    public int SnapshotEvery { get; init; } = 10_000;

    /// <summary>How many entries behind a snapshot stay, so that a follower that is a little late needs no snapshot.</summary>
    public int CatchUpEntries { get; init; } = 5_000;

    /// <summary>How long a proposal or a read may take, as etcd computes it: five seconds and two election time-outs.</summary>
    public TimeSpan RequestTimeout => TimeSpan.FromSeconds(5) + (2 * ElectionTicks * Tick);

    /// <summary>A mistake planted by a test.</summary>
    internal RaftBug Bug { get; init; }
}
