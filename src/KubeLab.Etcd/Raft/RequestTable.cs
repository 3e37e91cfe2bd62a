using KubeLab.Simulation;

namespace KubeLab.Etcd.Raft;

/// <summary>The requests of one member that have not ended; those that take too long are given up.</summary>
internal sealed class RequestTable(VirtualClock clock, TimeSpan timeout)
{
    private readonly Dictionary<long, RaftRequest> open = [];
    private readonly Queue<RaftRequest> byDeadline = [];
    private readonly List<RaftRequest> reads = [];
    private Scheduled? sweep;
    private long last;

    /// <summary>Reads whose place is not known yet.</summary>
    public IEnumerable<RaftRequest> UnconfirmedReads => reads.Where(r => r is { IsDone: false, ConfirmedIndex: null });

    /// <summary>Whether a read waits.</summary>
    public bool HasReads => reads.Count > 0;

    /// <summary>Numbers are never used twice, also not after a crash.</summary>
    public long NextNumber() => ++last;

    public RaftRequest AddProposal(long origin, IRaftCommand? command, MembershipChange? change, Action<RaftRequest>? done)
    {
        var number = NextNumber();
        return Add(new RaftRequest(number, new Proposal(new ProposalId(origin, number), command, change), clock.Now + timeout, done));
    }

    public RaftRequest AddRead(Action<RaftRequest>? done)
    {
        var request = Add(new RaftRequest(NextNumber(), null, clock.Now + timeout, done));
        reads.Add(request);
        return request;
    }

    public void GiveUp(RaftRequest read)
    {
        Take(read.Number);
        reads.Remove(read);
    }

    public RaftRequest? Take(long number)
    {
        open.Remove(number, out var request);
        return request;
    }

    public void Confirm(long number, long index)
    {
        if (open.TryGetValue(number, out var request))
        {
            request.ConfirmedIndex ??= index;
        }
    }

    /// <summary>Serves the reads that the state machine is far enough for.</summary>
    public void Serve(long applied)
    {
        if (reads.Count == 0)
        {
            return;
        }

        var ready = reads.FindAll(r => r.IsDone || r.ConfirmedIndex <= applied);
        reads.RemoveAll(r => r.IsDone || r.ConfirmedIndex <= applied);
        foreach (var read in ready)
        {
            if (Take(read.Number) is { } waiting)
            {
                waiting.Succeed(waiting.ConfirmedIndex!.Value, 0, null);
            }
        }
    }

    public void FailAll(RaftError error)
    {
        RaftRequest[] all = [.. open.Values.OrderBy(r => r.Number)];
        open.Clear();
        byDeadline.Clear();
        reads.Clear();
        sweep?.Cancel();
        sweep = null;
        foreach (var request in all)
        {
            request.Fail(error);
        }
    }

    private RaftRequest Add(RaftRequest request)
    {
        open.Add(request.Number, request);
        byDeadline.Enqueue(request);
        sweep ??= clock.At(request.Deadline, Sweep);
        return request;
    }

    private void Sweep()
    {
        sweep = null;
        while (byDeadline.TryPeek(out var first) && (first.IsDone || first.Deadline <= clock.Now))
        {
            byDeadline.Dequeue();
            if (Take(first.Number) is { } late)
            {
                reads.Remove(late);
                late.Fail(RaftError.TimedOut);
            }
        }

        if (sweep is null && byDeadline.TryPeek(out var next))
        {
            sweep = clock.At(next.Deadline, Sweep);
        }
    }
}
