using KubeLab.Simulation.Networking;

namespace KubeLab.Etcd.Raft;

// Rest: a group in which nothing is left to say need not say so ten times a second. What its heartbeats would have brought about is made up for when it wakes.
public sealed partial class RaftGroup
{
    private readonly List<RaftMember> resting = [];
    private RaftMember[] all = [];

    /// <summary>Whether members that all know the same, and hear each other, stop ticking until something happens to one of them; off unless somebody asks for it.</summary>
    /// <remarks>
    /// Nothing can be told apart by it, except that heartbeats draw no travelling times: a leader's time-outs, its followers' promises and their readiness to stand for
    /// election are, at the moment at which the rest ends, those of a group that went on ticking.
    /// </remarks>
    public bool RestsWhenQuiet { get; init; }

    /// <summary>Whether the leader and everybody it reaches are at rest.</summary>
    public bool IsAtRest => resting.Count > 0;

    /// <summary>Whether somebody is up who is not at rest, so that time brings something about.</summary>
    public bool IsAwake
    {
        get
        {
            foreach (var member in all)
            {
                if (member.IsUp && !member.IsAtRest)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>How many members wait for their disks.</summary>
    internal int Writing { get; set; }

    /// <summary>The members that rest, the leader first.</summary>
    internal IReadOnlyList<RaftMember> Resting => resting;

    /// <summary>Ends the rest, before anything happens to the group: all are as if they had ticked.</summary>
    internal void Wake()
    {
        if (resting.Count == 0)
        {
            return;
        }

        var leader = resting[0];
        var lastBeat = leader.WakeAsLeader(resting);
        for (var i = 1; i < resting.Count; i++)
        {
            resting[i].WakeAsFollower(leader, lastBeat);
        }

        resting.Clear();
    }

    internal void RestIfQuiet()
    {
        if (!RestsWhenQuiet || Writing > 0 || Network.UnderWay > 0 || resting.Count > 0)
        {
            return;
        }

        if (NewestLeader() is { } leader && leader.IsSettled && GatherAround(leader))
        {
            foreach (var member in resting)
            {
                member.IsAtRest = true;
            }
        }
        else
        {
            resting.Clear();
        }
    }

    private RaftMember? NewestLeader()
    {
        RaftMember? found = null;
        foreach (var member in all)
        {
            if (member.Node is { Role: RaftRole.Leader } node && (found is null || node.Term > found.Node!.Term))
            {
                found = member;
            }
        }

        return found;
    }

    /// <summary>The leader and all who are in step with it; false when they are no majority, or somebody else could disturb them.</summary>
    private bool GatherAround(RaftMember leader)
    {
        resting.Add(leader);
        var membership = leader.Node!.Membership;
        var voters = 1;
        foreach (var member in all)
        {
            if (member.IsUp && member != leader && IsInStep(leader, member))
            {
                resting.Add(member);
                voters += membership.IsVoter(member.Id) ? 1 : 0;
            }
        }

        if (voters < membership.Quorum)
        {
            return false;
        }

        foreach (var member in all)
        {
            if (member.IsUp && !resting.Contains(member) && !resting.TrueForAll(r => r.LinkTo(member).IsCut && member.LinkTo(r).IsCut))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsInStep(RaftMember leader, RaftMember member) =>
        IsReliable(leader.LinkTo(member)) && IsReliable(member.LinkTo(leader)) && member.IsSettled && member.Node!.IsInStepWith(leader.Node!);

    private static bool IsReliable(NetworkLink link) => !link.IsCut && link.Profile.Loss == 0;
}
