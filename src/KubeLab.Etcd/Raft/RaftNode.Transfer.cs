namespace KubeLab.Etcd.Raft;

// Handing over the lead: section 3.10 of Ongaro's thesis.
public sealed partial class RaftNode
{
    private long transferTo;
    private bool hasHandedOver;

    /// <summary>Hands the lead over to <paramref name="member"/> as soon as it has the whole log; given up after an election time-out.</summary>
    /// <returns>False when this member does not lead, or the other is no voter.</returns>
    public bool TransferLeadership(long member)
    {
        if (Role != RaftRole.Leader || !Membership.IsVoter(member) || member == Id)
        {
            return false;
        }

        if (transferTo == member)
        {
            return true;
        }

        transferTo = member;
        electionElapsed = 0;
        HandOverWhenReady(member, progress[member]);
        if (progress[member].Match < log.LastIndex)
        {
            SendEntries(member, progress[member], evenNone: true);
        }

        return true;
    }

    private void HandOverWhenReady(long member, Progress follower)
    {
        if (transferTo == member && follower.Match == log.LastIndex)
        {
            hasHandedOver = true;
            Send(new() { Kind = MessageKind.TimeoutNow, From = Id, To = member, Term = Term });
        }
    }

    private void TakeOver()
    {
        if (Role != RaftRole.Leader && CanCampaign)
        {
            AskForVotes(isTransfer: true);
        }
    }

    private void GiveUpTransfer() => transferTo = 0;
}
