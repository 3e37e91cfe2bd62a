namespace KubeLab.Etcd.Raft;

/// <summary>Why a request came to nothing.</summary>
public enum RaftError
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The member knows no leader; nothing was done.</summary>
    NoLeader,

    /// <summary>The leader refused it; nothing was done. <see cref="RaftRequest.Refusal"/> says why.</summary>
    Dropped,

    /// <summary>No answer in time; whether it was or will be done is unknown.</summary>
    TimedOut,

    /// <summary>The member is down or went down; whether a proposal was or will be done is unknown.</summary>
    MemberDown,
}

/// <summary>A proposal or a read at a member, and how it ends.</summary>
public sealed class RaftRequest
{
    private Action<RaftRequest>? done;

    internal RaftRequest(long number, Proposal? proposal, DateTimeOffset deadline, Action<RaftRequest>? done)
    {
        Number = number;
        Proposal = proposal;
        Deadline = deadline;
        this.done = done;
    }

    /// <summary>What is proposed; null for a read.</summary>
    public Proposal? Proposal { get; }

    /// <summary>When it is given up.</summary>
    public DateTimeOffset Deadline { get; }

    /// <summary>Whether it has ended.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Why it failed, or <see cref="RaftError.None"/>.</summary>
    public RaftError Error { get; private set; }

    /// <summary>Why the leader refused it.</summary>
    public ProposeResult Refusal { get; private set; }

    /// <summary>Where in the log a proposal is, or from where on the state machine serves a read.</summary>
    public long Index { get; private set; }

    /// <summary>The term of a proposal's entry.</summary>
    public long Term { get; private set; }

    /// <summary>What the state machine answered.</summary>
    public object? Result { get; private set; }

    internal long Number { get; }

    /// <summary>For a read: from where on it may be served, once that is known.</summary>
    internal long? ConfirmedIndex { get; set; }

    internal void Succeed(long index, long term, object? result)
    {
        (Index, Term, Result) = (index, term, result);
        End();
    }

    internal void Fail(RaftError error, ProposeResult refusal = ProposeResult.Accepted)
    {
        (Error, Refusal) = (error, refusal);
        End();
    }

    private void End()
    {
        IsDone = true;
        var tell = done;
        done = null;
        tell?.Invoke(this);
    }
}
