using KubeLab.Etcd.Raft;
using KubeLab.Simulation;

namespace KubeLab.Etcd.Replicated;

/// <content>Who belongs to the store: one comes or goes at a time, so that any majority before and any after it share a member.</content>
/// <seealso href="https://etcd.io/docs/v3.5/learning/design-learner/">learners</seealso>
public sealed partial class EtcdCluster
{
    /// <summary>A member on a new machine: it receives the log without a vote first, and is promoted when it has it. The first one is a store by itself.</summary>
    /// <exception cref="EtcdException">The members do not agree; the machine may have become a learner, and a second try goes on from there.</exception>
    public RaftEtcd Add(string machine)
    {
        if (members.Count == 0)
        {
            return Bootstrap(machine)[0];
        }

        var member = Find(machine);
        if (member is null)
        {
            Time.CatchUp();
            var sponsor = Sponsor();
            var raft = Group.Join(machine);
            sponsor.Change(new MembershipChange(MembershipChangeKind.AddLearner, raft.Id));
            member = Enlist(raft);
        }

        if (!newest.Members.IsVoter(member.Raft.Id))
        {
            Sponsor().Promote(member);
        }

        return member;
    }

    /// <summary>Takes a member out for good; its process ends.</summary>
    /// <exception cref="EtcdException">The members do not agree.</exception>
    public void Remove(string machine)
    {
        var member = Member(machine);
        var others = members.FindAll(m => m != member);
        Invariant.Holds(others.Count > 0, "the last member cannot leave: nobody would be left to decide");
        if (newest.Members.Contains(member.Raft.Id))
        {
            Sponsor(others).Change(new MembershipChange(MembershipChangeKind.Remove, member.Raft.Id));
        }

        Strike(member.Raft.Crash);
        members.Remove(member);
        byId[member.Raft.Id] = null;
    }

    /// <summary>Whom to ask for a change: one who can be served, the leader above all.</summary>
    private RaftEtcd Sponsor(List<RaftEtcd>? among = null)
    {
        among ??= members;
        return among.Find(m => m.Raft.Node?.Role == RaftRole.Leader && CanServe(m)) ?? among.Find(m => m.IsUp && CanServe(m)) ?? among.Find(m => m.IsUp) ?? among[0];
    }
}
