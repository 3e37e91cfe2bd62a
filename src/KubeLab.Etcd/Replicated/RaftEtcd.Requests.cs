using KubeLab.Etcd.Raft;
using KubeLab.Etcd.Replicated.Commands;
using KubeLab.Simulation;

namespace KubeLab.Etcd.Replicated;

/// <content>How a request that its caller believes to be done at once goes through the members: their clock is run ahead until they have agreed.</content>
public sealed partial class RaftEtcd
{
    // Nobody notices a request that takes less.
    private static readonly TimeSpan Unnoticed = TimeSpan.FromMilliseconds(50);

    /// <summary>Changes who belongs to the store.</summary>
    internal void Change(MembershipChange change) => Run(() => Raft.Propose(change));

    /// <summary>Gives a learner its vote, when it has nearly all of the log.</summary>
    internal void Promote(RaftEtcd learner)
    {
        var time = cluster.Time;
        var begun = time.Clock.Now;
        var limit = begun + cluster.Options.Raft.RequestTimeout;
        while (learner.store.AppliedIndex < store.AppliedIndex * 9 / 10 && time.Step(limit))
        {
        }

        time.Forget(time.Clock.Now - begun);
        Change(new MembershipChange(MembershipChangeKind.AddVoter, learner.Raft.Id));
    }

    private object? Run(EtcdCommand command)
    {
        var result = Raft.DecidesAlone ? RunAlone(command) : Run(() => Raft.Propose(command));
        return result is EtcdError error ? throw new EtcdException(error) : result;
    }

    /// <summary>A member that is its own majority: its disk is all there is to wait for.</summary>
    private object? RunAlone(EtcdCommand command)
    {
        var (called, _) = Begin();
        var time = cluster.Time;
        var sync = Raft.Disk.SyncNow();
        time.RunTo(time.Clock.Now + sync);
        var took = time.Clock.Now - called;
        time.Forget(sync);
        time.IsRunning = true;
        try
        {
            return Raft.DecideAlone(command);
        }
        finally
        {
            time.IsRunning = false;
            Took(took);
        }
    }

    /// <summary>Proposes, and waits until it is done here. What was refused is proposed again; what may have been taken is not.</summary>
    private object? Run(Func<RaftRequest> propose)
    {
        var (called, deadline) = Begin();
        var time = cluster.Time;
        if (!cluster.CanServe(this))
        {
            // Nobody can agree to it now. It stays with who may lead, and may come to be when a majority is there again.
            propose();
            throw GiveUp(EtcdError.RequestTimedOut);
        }

        while (true)
        {
            var (begun, term) = (time.Clock.Now, Raft.Node!.Term);
            var request = propose();
            while (!request.IsDone && store.AppliedTerm <= term && time.Step(deadline))
            {
            }

            if (!request.IsDone)
            {
                // A later leader has committed something of its own, and this was not before it: it got lost with the leader it was meant for.
                throw GiveUp(store.AppliedTerm > term ? EtcdError.LeaderFailed : EtcdError.RequestTimedOut);
            }

            if (request.Error == RaftError.None)
            {
                End(called, begun);
                return request.Result;
            }

            if (request.Error is not (RaftError.NoLeader or RaftError.Dropped) || !AwaitLeader(deadline))
            {
                throw GiveUp(EtcdError.RequestTimedOut);
            }
        }
    }

    /// <summary>Makes sure that what this member has applied contains every write that was acknowledged before.</summary>
    /// <exception cref="EtcdException">The members do not answer.</exception>
    private void RequireRead()
    {
        if (cluster.Time.IsRunning)
        {
            return;
        }

        if (!clock.IsInside)
        {
            // An onlooker must not disturb anything.
            RequireUp();
            if (!cluster.IsServing(this))
            {
                throw new EtcdException(EtcdError.RequestTimedOut);
            }

            return;
        }

        var (called, deadline) = Begin();
        if (cluster.Group.IsAtRest && Raft.IsAtRest)
        {
            // Everybody knows what everybody knows; to ask around would change nothing but their clocks.
            Took(cluster.Time.Clock.Now - called);
            return;
        }

        if (!cluster.CanServe(this))
        {
            throw GiveUp(EtcdError.RequestTimedOut);
        }

        while (!TryReadIndex(called, deadline))
        {
            if (!AwaitLeader(deadline))
            {
                throw GiveUp(EtcdError.RequestTimedOut);
            }
        }
    }

    private bool TryReadIndex(DateTimeOffset called, DateTimeOffset deadline)
    {
        var time = cluster.Time;
        var (begun, term) = (time.Clock.Now, Raft.Node!.Term);
        var request = Raft.ReadIndex();
        while (!request.IsDone && time.Step(deadline))
        {
        }

        if (!request.IsDone)
        {
            Raft.GiveUp(request);
            throw GiveUp(EtcdError.RequestTimedOut);
        }

        if (request.Error != RaftError.None)
        {
            return false;
        }

        // What an election took remains; the rest nobody waited for.
        End(called, Raft.Node.Term == term ? begun : time.Clock.Now);
        return true;
    }

    private bool AwaitLeader(DateTimeOffset deadline)
    {
        // At least one tick: a leader that is there but takes nothing may take it then.
        var time = cluster.Time;
        var tick = time.Clock.Now + cluster.Options.Raft.Tick;
        while (Raft.Node!.Leader == 0 || time.Clock.Now < tick)
        {
            if (!time.Step(deadline))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The caller's present on the members' clock, and when its request is given up.</summary>
    private (DateTimeOffset Called, DateTimeOffset Deadline) Begin()
    {
        var time = cluster.Time;
        Invariant.Holds(!time.IsRunning, "whoever is told of a change does not write within that call");
        RequireUp();
        time.CatchUp();
        var called = time.Abreast;
        var deadline = called + cluster.Options.Raft.RequestTimeout;
        return time.Clock.Now < deadline && defragmentedAt - clock.Now < cluster.Options.Raft.RequestTimeout
            ? (called, deadline)
            : throw GiveUp(EtcdError.RequestTimedOut);
    }

    private void End(DateTimeOffset called, DateTimeOffset servedSince)
    {
        var time = cluster.Time;
        var took = time.Clock.Now - called;
        cluster.Settle();
        time.Forget(time.Clock.Now - servedSince);
        time.Arm();
        Took(took);
    }

    private EtcdException GiveUp(EtcdError error)
    {
        cluster.Time.Arm();
        Took(cluster.Options.Raft.RequestTimeout);
        return new EtcdException(error);
    }

    private void Took(TimeSpan time)
    {
        if (defragmentedAt > clock.Now)
        {
            time += defragmentedAt - clock.Now;
        }

        LastLatency = cluster.LastLatency = time;
    }

    private void RequireUp()
    {
        if (!IsUp)
        {
            Took(cluster.Options.Raft.RequestTimeout);
            throw new EtcdException(EtcdError.RequestTimedOut);
        }
    }
}
