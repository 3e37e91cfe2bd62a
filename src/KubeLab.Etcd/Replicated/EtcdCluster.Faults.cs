using KubeLab.Etcd.Raft;
using KubeLab.Simulation.Storage;

namespace KubeLab.Etcd.Replicated;

/// <content>What can happen to members: they strike between two events of the cluster's clock.</content>
public sealed partial class EtcdCluster
{
    /// <summary>Ends a member's process as an operator does: one who leads hands over first. What it holds is on its disk.</summary>
    public void Stop(string machine)
    {
        var member = Member(machine);
        Strike(() =>
        {
            HandOver(member);
            member.Raft.Crash();
        });
    }

    /// <summary>Ends a member without warning, as when its machine loses its power: what is not safe on its disk is gone.</summary>
    public void Crash(string machine) => Strike(Member(machine).Raft.Crash);

    /// <summary>Starts a member's process again, from what is on its disk.</summary>
    public void Start(string machine)
    {
        var member = Member(machine);
        Strike(() =>
        {
            if (member.Raft.IsUp)
            {
                return;
            }

            member.Raft.Start();
            HurryWhoIsAlone(member);
            if (Group.Members.Count(m => m.IsUp) == 1)
            {
                Settle();
            }
        });
    }

    /// <summary>Cuts the members' network into sides that do not reach each other; members on no side keep their links. What was cut before is mended.</summary>
    public void Partition(params IReadOnlyList<string>[] sides) => Strike(() =>
    {
        Network.Heal();
        Network.Partition(sides);
    });

    /// <summary>Cuts and mends the members' links as <paramref name="reaches"/> says, asked for each pair of machines.</summary>
    /// <param name="machines">The machines, those too that have no member yet.</param>
    /// <param name="reaches">Whether one reaches another.</param>
    public void Connect(IReadOnlyList<string> machines, Func<string, string, bool> reaches) => Strike(() =>
    {
        foreach (var from in machines)
        {
            foreach (var to in machines)
            {
                if (from != to)
                {
                    Network.Link(from, to).IsCut = !reaches(from, to);
                }
            }
        }
    });

    /// <summary>Mends every cut.</summary>
    public void Heal() => Strike(Network.Heal);

    /// <summary>Makes a member's disk take this long for one fsync, on average; null makes it as fast as it was.</summary>
    public void SlowDisk(string machine, TimeSpan? sync)
    {
        var disk = Member(machine).Raft.Disk;
        disk.Profile = sync is { } time ? DiskProfile.SolidState with { Sync = time } : DiskProfile.SolidState;
    }

    private void HandOver(RaftEtcd member)
    {
        if (member.Raft.Node is not { Role: RaftRole.Leader } node)
        {
            return;
        }

        var heir = node.Status().Followers.Where(f => f.Id != node.Id && !f.IsLearner && IsLinked(member.Raft, Group[f.Id])).OrderByDescending(f => f.Match).FirstOrDefault();
        if (heir.Id == 0)
        {
            return;
        }

        var limit = Time.Clock.Now + (Options.Raft.ElectionTicks * Options.Raft.Tick);
        var begun = Time.Clock.Now;
        member.Raft.TransferLeadership(heir.Id);
        while (!(Group.Leader is { } leader && leader != member.Raft && leader.Node!.HasCommittedOwnTerm) && Time.Step(limit))
        {
        }

        Time.Forget(Time.Clock.Now - begun);
    }

    private void Strike(Action act)
    {
        Time.CatchUp();
        Group.Wake();
        act();
        Time.Arm();
    }
}
