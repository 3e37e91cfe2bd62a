using KubeLab.Simulation;

namespace KubeLab.Etcd.Raft;

/// <summary>One member's part in the agreement, as a state machine without time, disk or network: ticks and messages go in, outputs come out.</summary>
/// <remarks>
/// Its machine calls <see cref="Tick"/>, <see cref="Step"/>, <see cref="Propose"/> and <see cref="Read"/>; takes what is to be done with <see cref="TakeOutput"/>
/// whenever <see cref="HasOutput"/>; does it; and says so with <see cref="Advance"/> before it takes the next. Chance is passed in. The parts: terms and votes
/// (<c>Elections</c>), the leader's side (<c>Leading</c>, <c>Sending</c>), the follower's (<c>Following</c>), reads, membership, transfer.
/// </remarks>
/// <seealso href="https://raft.github.io/raft.pdf">In Search of an Understandable Consensus Algorithm</seealso>
public sealed partial class RaftNode
{
    private readonly RaftOptions options;
    private readonly Func<int, int> chance;
    private readonly VoteTally tally;
    private readonly RaftLog log;
    private readonly List<RaftMessage> messages = [];
    private readonly List<RaftMessage> afterWrite = [];
    private readonly List<ReadState> reads = [];
    private readonly List<(ProposalId Id, ProposeResult Reason)> refused = [];
    private HardState written;
    private RaftOutput? underWay;
    private RaftRole? votesForItselfAs;

    /// <summary>Starts from what is on the disk.</summary>
    /// <param name="id">Its number, positive.</param>
    /// <param name="options">How the group behaves.</param>
    /// <param name="storage">What it has written before.</param>
    /// <param name="chance">Draws a whole number in [0, the argument).</param>
    public RaftNode(long id, RaftOptions options, IRaftStorage storage, Func<int, int> chance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(id);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(storage);
        Id = id;
        this.options = options;
        this.chance = chance;
        tally = new VoteTally(options.Bug);
        log = new RaftLog(storage);
        written = storage.HardState;
        Term = written.Term;
        Vote = options.Bug == RaftBug.VoteForgotten ? 0 : written.Vote;
        Membership = storage.Snapshot.Membership;
        electionTimeout = DrawElectionTimeout();

        // Who promised a leader not to vote, and crashed, keeps the promise: leases count on it.
        keepsPromise = options.LeaseReads && written.Term > 0;
    }

    /// <summary>Its number.</summary>
    public long Id { get; }

    /// <summary>The newest term it has seen.</summary>
    public long Term { get; private set; }

    /// <summary>Whom it voted for in this term; 0 for nobody.</summary>
    public long Vote { get; private set; }

    /// <summary>Who leads in this term, as far as it knows; 0 for nobody.</summary>
    public long Leader { get; private set; }

    /// <summary>What it is.</summary>
    public RaftRole Role { get; private set; }

    /// <summary>Who belongs to the group, by what it has applied.</summary>
    public Membership Membership { get; private set; }

    /// <summary>Up to where it knows the log to be committed.</summary>
    public long Commit => log.Commit;

    /// <summary>Up to where the log is applied.</summary>
    public long Applied => log.Applied;

    /// <summary>The last place of its log, written or not.</summary>
    public long LastIndex => log.LastIndex;

    /// <summary>Whether there is something to do.</summary>
    public bool HasOutput =>
        underWay is null
        && (messages.Count > 0 || afterWrite.Count > 0 || reads.Count > 0 || refused.Count > 0 || votesForItselfAs is not null || isBroadcastDue
            || log.IsSnapshotUnwritten || log.Written < log.LastIndex || log.Applied < log.Commit || HardState != written);

    internal RaftLog Log => log;

    private HardState HardState => new(Term, Vote, log.Commit);

    /// <summary>What is to be done now.</summary>
    public RaftOutput TakeOutput()
    {
        Invariant.Holds(underWay is null, "one output is done before the next is taken");
        if (isBroadcastDue)
        {
            Broadcast();
        }

        var hard = HardState;
        var entries = log.Unwritten();
        var snapshot = log.IsSnapshotUnwritten ? log.Snapshot : null;
        underWay = new RaftOutput
        {
            Messages = Drain(messages),
            AfterWrite = Drain(afterWrite),
            HardState = hard == written ? null : hard,
            Snapshot = snapshot,
            Entries = entries,
            MustSync = entries.Count > 0 || snapshot is not null || hard.Term != written.Term || hard.Vote != written.Vote,
            Committed = log.ToApply(),
            Reads = Drain(reads),
            Refused = Drain(refused),
            Term = Term,
            VotesForItselfAs = votesForItselfAs,
        };
        votesForItselfAs = null;
        return underWay;
    }

    /// <summary>The output is done: sent, written, applied.</summary>
    public void Advance(RaftOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Invariant.Holds(ReferenceEquals(output, underWay), "what is done is what was taken");
        underWay = null;
        written = output.HardState ?? written;
        if (output.Snapshot is { } snapshot)
        {
            log.SnapshotWritten(snapshot);
        }

        if (output.Entries is [.., var last])
        {
            log.WrittenTo(last.Index, last.Term);
        }

        foreach (var entry in output.Committed)
        {
            // A snapshot that came meanwhile may have gone further.
            if (entry.Index > log.Applied)
            {
                log.AppliedTo(entry.Index);
                AfterApplying(entry);
            }
        }

        if (output.VotesForItselfAs is { } role && role == Role && output.Term == Term)
        {
            CountVote(Id, granted: true);
        }

        if (Role == RaftRole.Leader && progress[Id].Reached(log.Written))
        {
            AfterProgress(progress[Id], Id);
        }
    }

    /// <summary>Takes in a message.</summary>
    public void Step(RaftMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Term > Term ? !EnterTerm(message) : message.Term < Term && !AnswerOldTerm(message))
        {
            return;
        }

        switch (message.Kind)
        {
            case MessageKind.PreVote or MessageKind.Vote:
                AnswerVote(message);
                break;
            case MessageKind.PreVoteResponse or MessageKind.VoteResponse:
                TakeVote(message);
                break;
            case MessageKind.Append or MessageKind.Heartbeat or MessageKind.Snapshot:
                Follow(message);
                break;
            case MessageKind.TimeoutNow:
                TakeOver();
                break;
            case MessageKind.ProposalRefused:
                refused.Add((message.Proposal!.Id, message.Reason));
                break;
            case MessageKind.ReadIndexResponse:
                reads.Add(new ReadState(message.Number, message.Index));
                break;
            default:
                Lead(message);
                break;
        }
    }

    /// <summary>How it stands.</summary>
    public RaftStatus Status() => new()
    {
        Id = Id,
        Role = Role,
        Term = Term,
        Vote = Vote,
        Leader = Leader,
        FirstIndex = log.BaseIndex + 1,
        LastIndex = log.LastIndex,
        Commit = log.Commit,
        Applied = log.Applied,
        Membership = Membership,
        Followers =
        [
            .. progress.Select(p => new FollowerStatus(
                p.Key, p.Value.Match, p.Value.Next, p.Value.State, Membership.IsLearner(p.Key), p.Value.IsActive, p.Value.Inflight.Count)),
        ],
    };

    /// <summary>Keeps a snapshot of what is applied and forgets entries up to <paramref name="compactTo"/>.</summary>
    public void Compact(RaftSnapshot snapshot, long compactTo)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        log.Compact(snapshot, compactTo);
    }

    private static T[] Drain<T>(List<T> list)
    {
        if (list.Count == 0)
        {
            return [];
        }

        T[] all = [.. list];
        list.Clear();
        return all;
    }

    /// <summary>A leader's words need not wait for its disk; promises do.</summary>
    private void Send(RaftMessage message)
    {
        var isLeadersWord = message.Kind is MessageKind.Append or MessageKind.Heartbeat or MessageKind.Snapshot
            or MessageKind.TimeoutNow or MessageKind.ReadIndexResponse or MessageKind.ProposalRefused;
        var isEarly = options.Bug == RaftBug.AcknowledgedBeforeDisk && message.Kind == MessageKind.AppendResponse;
        (isLeadersWord || isEarly ? messages : afterWrite).Add(message);
    }
}
