using KubeLab.Etcd.Raft;
using KubeLab.Simulation;
using KubeLab.Simulation.Networking;
using KubeLab.Testing.Linearizability;

namespace KubeLab.Tests.Etcd.Raft.Faults;

/// <summary>What faults aim at.</summary>
internal enum FaultStyle
{
    /// <summary>Anything at any time.</summary>
    Anything,

    /// <summary>Also elections: strikes when somebody stands and when somebody has won, because that is when forgetting is dangerous.</summary>
    Elections,

    /// <summary>One leader after the other falls with its log half sent (figure 8 of the paper).</summary>
    LeaderAfterLeader,
}

/// <summary>One fault after the other, by chance: crashes, cuts, a bad network, slow disks, changes of the membership.</summary>
internal sealed class FaultSchedule(VirtualClock clock, RaftGroup group, Randomness chance, Action<string> tell, FaultStyle style)
{
    private const int MembersMax = 7;

    private readonly Dictionary<long, (long Term, RaftRole Role)> noticed = [];
    private (long Term, long Commit) elected;
    private bool isOver;

    public void Start()
    {
        if (style != FaultStyle.LeaderAfterLeader)
        {
            clock.After(TimeSpan.FromMilliseconds(chance.Exponential(1500)), Next);
        }
    }

    /// <summary>Everything is mended and everybody runs.</summary>
    public void Stop()
    {
        isOver = true;
        tell("peace");
        group.Network.Heal();
        group.Network.Profile = LinkProfile.SameZone;
        foreach (var member in group.Members)
        {
            member.Disk.Slowdown = 1;
            member.Start();
        }
    }

    public void Notice(RaftMember member)
    {
        if (style == FaultStyle.Anything || isOver || member.Node is not { } node)
        {
            return;
        }

        if (style == FaultStyle.LeaderAfterLeader)
        {
            NoticeLeader(member, node);
            return;
        }

        if (node.Role == RaftRole.Leader && node.Term == elected.Term && node.Commit > elected.Commit)
        {
            // Its first commitment.
            elected = default;
            if (chance.NextInt(2) == 0)
            {
                After(0.5, () => Strike(member));
            }
        }

        if (noticed.GetValueOrDefault(member.Id) == (node.Term, node.Role))
        {
            return;
        }

        noticed[member.Id] = (node.Term, node.Role);
        var strikes = chance.NextInt(2) == 0;
        if (node.Role == RaftRole.Candidate && strikes)
        {
            After(chance.NextInt(2) == 0 ? 10 : 30, () => Flicker(Someone()));
        }
        else if (node.Role == RaftRole.Leader)
        {
            elected = (node.Term, node.Commit);
            if (strikes)
            {
                // Before, while and after its first entry reaches the others.
                var mean = chance.NextInt(3) switch { 0 => 0.5, 1 => 5, _ => 60 };
                After(mean, () => Strike(member));
            }
        }
    }

    /// <summary>Each leader takes something new and is soon crashed; a majority stays up, so that there is a next one.</summary>
    private void NoticeLeader(RaftMember member, RaftNode node)
    {
        if (node.Role != RaftRole.Leader || node.Term <= elected.Term)
        {
            return;
        }

        elected = (node.Term, node.Commit);
        clock.After(TimeSpan.Zero, () => member.Propose(new RegisterCommand("leader", RegisterCall.Write, node.Term, 0)));
        After(chance.NextInt(10) == 0 ? 300 : 8, () =>
        {
            tell($"crash {member.Id}, which leads");
            member.Crash();
            while (group.Members.Count(m => m.IsUp) <= group.Members.Count / 2)
            {
                group.Members.Where(m => !m.IsUp).ElementAt(chance.NextInt(group.Members.Count(m => !m.IsUp))).Start();
            }
        });
    }

    /// <summary>A leader is crashed, or cut off for a while, in which it goes on writing what nobody else gets.</summary>
    private void Strike(RaftMember member)
    {
        if (chance.NextInt(3) == 0)
        {
            Crash(member);
            return;
        }

        tell($"cut off {member.Id} for a while");
        CutOff(member);
        After(1500, () =>
        {
            tell("heal");
            group.Network.Heal();
        });
    }

    private void Next()
    {
        if (isOver)
        {
            return;
        }

        Fault();
        clock.After(TimeSpan.FromMilliseconds(chance.Exponential(450)), Next);
    }

    private void Fault()
    {
        var member = Someone();
        switch (chance.NextInt(16))
        {
            case 0 or 1:
                Crash(member);
                break;
            case 2 when group.Leader is { } leader:
                Crash(leader);
                break;
            case 3 or 4:
                Restart();
                break;
            case 5:
                Partition();
                break;
            case 6 when group.Leader is { } leader:
                tell($"cut off {leader.Id}, which leads");
                CutOff(leader);
                break;
            case 7:
                var other = Someone();
                tell($"cut {member.Id}→{other.Id}");
                group.Network.Cut(member.Name, other.Name);
                break;
            case 8 or 9:
                tell("heal");
                group.Network.Heal();
                break;
            case 10:
                Weather();
                break;
            case 11:
                member.Disk.Slowdown = member.Disk.Slowdown > 1 ? 1 : 10 + (chance.NextDouble() * 300);
                tell($"disk of {member.Id} ×{member.Disk.Slowdown:0}");
                break;
            case 12 or 13:
                Change();
                break;
            case 14:
                tell($"transfer to {member.Id}");
                group.Leader?.TransferLeadership(member.Id);
                break;
            case 15 when chance.NextInt(4) == 0:
                tell("power failure");
                foreach (var each in group.Members)
                {
                    each.Crash();
                }

                foreach (var each in group.Members)
                {
                    each.Start();
                }

                break;
        }
    }

    private void After(double mean, Action strike) =>
        clock.After(TimeSpan.FromMilliseconds(chance.Exponential(mean)), () =>
        {
            if (!isOver)
            {
                strike();
            }
        });

    private void Flicker(RaftMember member)
    {
        tell($"flicker {member.Id}");
        member.Crash();
        clock.After(TimeSpan.FromMilliseconds(chance.Exponential(2)), member.Start);
    }

    private RaftMember Someone() => group.Members.ElementAt(chance.NextInt(group.Members.Count));

    private void Crash(RaftMember member)
    {
        tell($"crash {member.Id}");
        member.Crash();
        if (chance.NextInt(2) == 0)
        {
            // Back before anybody noticed: what it forgot matters most then.
            clock.After(TimeSpan.FromMilliseconds(chance.Exponential(20)), member.Start);
        }
    }

    private void Restart()
    {
        if (group.Members.FirstOrDefault(m => !m.IsUp) is { } down)
        {
            tell($"start {down.Id}");
            down.Start();
        }
    }

    private void Partition()
    {
        var one = group.Members.Where(_ => chance.NextInt(2) == 0).Select(m => m.Name).ToArray();
        var other = group.Members.Select(m => m.Name).Except(one).ToArray();
        tell($"partition {string.Join(' ', one)} | {string.Join(' ', other)}");
        group.Network.Partition(one, other);
    }

    private void CutOff(RaftMember member) =>
        group.Network.Partition([member.Name], [.. group.Members.Select(m => m.Name).Where(n => n != member.Name)]);

    private void Weather()
    {
        group.Network.Profile = chance.NextInt(3) == 0
            ? LinkProfile.SameZone
            : new LinkProfile
            {
                Latency = TimeSpan.FromMilliseconds(chance.Uniform(0.2, 30)),
                Variation = chance.Uniform(0, 1.5),
                Loss = chance.NextInt(2) * chance.Uniform(0, 0.3),
                Duplication = chance.NextInt(2) * chance.Uniform(0, 0.5),
                Reordering = chance.NextInt(2) * chance.Uniform(0, 0.5),
                ReorderingDelay = TimeSpan.FromMilliseconds(chance.Exponential(200)),
            };
        tell($"network {group.Network.Profile}");
    }

    private void Change()
    {
        if (group.Leader is not { } leader)
        {
            return;
        }

        var membership = leader.Status()!.Membership;
        MembershipChange change;
        if (membership.Learners is [var learner, ..])
        {
            change = new(chance.NextInt(4) > 0 ? MembershipChangeKind.AddVoter : MembershipChangeKind.Remove, learner);
        }
        else if (chance.NextInt(2) == 0 && group.Members.Count < MembersMax)
        {
            change = new(chance.NextInt(4) > 0 ? MembershipChangeKind.AddLearner : MembershipChangeKind.AddVoter, group.Join($"m{group.Members.Count + 1}").Id);
        }
        else if (membership.Voters.Count > 2)
        {
            change = new(MembershipChangeKind.Remove, membership.Voters[chance.NextInt(membership.Voters.Count)]);
        }
        else
        {
            return;
        }

        tell($"{leader.Id} proposes {change}");
        leader.Propose(change);
    }
}
