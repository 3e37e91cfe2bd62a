using KubeLab.Etcd.Raft;
using KubeLab.Etcd.Raft.Observing;
using KubeLab.Simulation;

namespace KubeLab.Quorums;

/// <summary>Machines of a voting group that fail at random while somebody writes all the time: when can it commit, and when is a majority up?</summary>
internal sealed class GroupAvailabilityRun
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    // Longer without a commit is no delay of disks any more.
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(400);

    private readonly MasterGroup lab;
    private readonly int members;
    private readonly double machine;
    private readonly TimeSpan meanUp;
    private readonly TimeSpan meanDown;
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> losses = [];
    private DateTimeOffset? lostSince;
    private DateTimeOffset lastCommit;
    private TimeSpan withoutCommit;
    private TimeSpan pauses;
    private int pauseCount;
    private TimeSpan latestAfterLoss;
    private long commits;
    private int failures;

    public GroupAvailabilityRun(int members, double machine, TimeSpan meanRepair, long seed)
    {
        lab = MasterGroup.Unwatched(members, seed);
        this.members = members;
        this.machine = machine;
        meanDown = meanRepair;
        meanUp = meanRepair * (machine / (1 - machine));
    }

    private RaftGroup Group => lab.Raft;

    private DateTimeOffset Now => lab.Clock.Now;

    public GroupAvailability Run(TimeSpan span)
    {
        lab.AwaitLeader();
        var journal = RaftJournal.Keep(Group, capacity: int.MaxValue);
        var begun = lastCommit = Now;
        foreach (var member in Group.Members)
        {
            FailLater(member, lab.Chance.For(member.Name));
        }

        var load = lab.Clock.Every(Pace, Write);
        lab.Clock.RunFor(span);
        load.Cancel();
        CloseGap(Now);
        if (lostSince is { } since)
        {
            losses.Add((since, Now));
        }

        var lost = losses.Aggregate(TimeSpan.Zero, (sum, loss) => sum + (loss.To - loss.From));
        return new GroupAvailability
        {
            Members = members,
            Machine = machine,
            Span = Now - begun,
            Failures = failures,
            Commits = commits,
            ShareWithoutMajority = lost / span,
            ShareWithoutCommit = withoutCommit / span,
            LatestCommitAfterLoss = latestAfterLoss,
            LeaderLosses = journal.Events.Count(e => e.Kind == RaftEventKind.LeaderLost),
            Pauses = pauseCount,
            MeanPause = pauseCount == 0 ? TimeSpan.Zero : pauses / pauseCount,
        };
    }

    private void FailLater(RaftMember member, Randomness chance) => lab.Clock.After(meanUp * chance.Exponential(1), () =>
    {
        member.Crash();
        failures++;
        LookAtMajority();
        lab.Clock.After(meanDown * chance.Exponential(1), () =>
        {
            member.Start();
            LookAtMajority();
            FailLater(member, chance);
        });
    });

    private void LookAtMajority()
    {
        var isUp = Group.Members.Count(m => m.IsUp) >= (members / 2) + 1;
        if (!isUp)
        {
            lostSince ??= Now;
        }
        else if (lostSince is { } since)
        {
            losses.Add((since, Now));
            lostSince = null;
        }
    }

    // Not one after the other: a write that is never answered must not hide that the next one would be.
    private void Write() => Group.Leader?.Propose(new MasterGroup.Entry(), request =>
    {
        if (request.Error == RaftError.None)
        {
            commits++;
            CloseGap(Now);
            lastCommit = Now;
            if (lostSince is { } since && Now - since > latestAfterLoss)
            {
                latestAfterLoss = Now - since;
            }
        }
    });

    private void CloseGap(DateTimeOffset now)
    {
        if (now - lastCommit < PauseMin)
        {
            return;
        }

        // On average half a step of the writer would have passed before and after it anyway.
        var gap = now - lastCommit - Pace;
        withoutCommit += gap;
        if (lostSince is null && !losses.Exists(loss => loss.To > lastCommit))
        {
            pauseCount++;
            pauses += gap;
        }
    }
}
