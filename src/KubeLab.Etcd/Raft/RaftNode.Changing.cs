namespace KubeLab.Etcd.Raft;

// Changes of the membership, one at a time, in force when applied: section 4 of Ongaro's thesis.
public sealed partial class RaftNode
{
    private long pendingChange;

    private void AfterApplying(RaftEntry entry)
    {
        if (entry.Change is not { } change)
        {
            return;
        }

        Membership = Membership.With(change);
        if (Role != RaftRole.Leader)
        {
            return;
        }

        if (!Membership.IsVoter(Id))
        {
            // Those who stay have been told of the commitment before this leader applied it.
            BecomeFollower(Term, 0);
            return;
        }

        FollowMembership();

        // Fewer voters need fewer votes, and a newcomer needs the log.
        isBroadcastDue |= TryCommit() || change.Kind != MembershipChangeKind.Remove;
    }

    private void FollowMembership()
    {
        foreach (var gone in progress.Keys.Where(id => !Membership.Contains(id)).ToArray())
        {
            progress.Remove(gone);
            if (gone == transferTo)
            {
                GiveUpTransfer();
            }
        }

        foreach (var id in Membership.Voters.Concat(Membership.Learners))
        {
            if (!progress.ContainsKey(id))
            {
                progress.Add(id, new Progress(log.LastIndex + 1, options.InflightMax) { IsActive = id == Id });
            }
        }
    }

    private bool HasChangeToApply()
    {
        for (var index = log.Applied + 1; index <= log.Commit; index++)
        {
            if (log[index].Change is not null)
            {
                return true;
            }
        }

        return false;
    }
}
