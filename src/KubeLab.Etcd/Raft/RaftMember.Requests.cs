using KubeLab.Simulation;

namespace KubeLab.Etcd.Raft;

// What clients ask of a member.
public sealed partial class RaftMember
{
    // As etcd's readIndexRetryTime.
    private static readonly TimeSpan RetryReadsAfter = TimeSpan.FromMilliseconds(500);

    private Scheduled? retry;

    /// <summary>Proposes a command; it ends when this member has applied it, or fails.</summary>
    /// <param name="command">What to do.</param>
    /// <param name="done">Called once when it ends, perhaps before this returns.</param>
    public RaftRequest Propose(IRaftCommand command, Action<RaftRequest>? done = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Propose(command, null, done);
    }

    /// <summary>Proposes a change of the membership; it ends when this member has applied it, or fails.</summary>
    public RaftRequest Propose(MembershipChange change, Action<RaftRequest>? done = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Propose(null, change, done);
    }

    /// <summary>Waits until a read of <see cref="StateMachine"/> sees every write that was acknowledged before this call; it ends within the instant at which that holds.</summary>
    /// <param name="done">Called once when it ends, perhaps before this returns.</param>
    public RaftRequest ReadIndex(Action<RaftRequest>? done = null)
    {
        var request = requests.AddRead(done);
        if (node is null)
        {
            requests.Take(request.Number)?.Fail(RaftError.MemberDown);
            return request;
        }

        group.Wake();
        CatchUp();
        if (!node.Read(request.Number))
        {
            requests.Take(request.Number)?.Fail(RaftError.NoLeader);
        }
        else if (retry is null || retry.IsOver)
        {
            retry = clock.After(RetryReadsAfter, RetryReads);
        }

        Pump();
        return request;
    }

    /// <summary>Nobody waits for it any more.</summary>
    internal void GiveUp(RaftRequest read) => requests.GiveUp(read);

    private RaftRequest Propose(IRaftCommand? command, MembershipChange? change, Action<RaftRequest>? done)
    {
        var request = requests.AddProposal(Id, command, change, done);
        if (node is null)
        {
            requests.Take(request.Number)?.Fail(RaftError.MemberDown);
            return request;
        }

        group.Journal?.Proposed(this, request.Proposal!);
        group.Wake();
        CatchUp();
        switch (node.Propose(request.Proposal!))
        {
            case ProposeResult.Accepted or ProposeResult.Forwarded:
                break;
            case ProposeResult.NoLeader:
                requests.Take(request.Number)?.Fail(RaftError.NoLeader);
                break;
            case var refusal:
                requests.Take(request.Number)?.Fail(RaftError.Dropped, refusal);
                break;
        }

        Pump();
        return request;
    }

    /// <summary>A question or its answer may be lost, or the leader may have changed: ask again.</summary>
    private void RetryReads()
    {
        if (node is null || !requests.UnconfirmedReads.Any())
        {
            return;
        }

        CatchUp();
        foreach (var read in requests.UnconfirmedReads)
        {
            node.Read(read.Number);
        }

        retry = clock.After(RetryReadsAfter, RetryReads);
        Pump();
    }
}
