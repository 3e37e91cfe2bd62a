namespace KubeLab.Etcd.Raft;

/// <summary>How an election stands.</summary>
internal enum VoteOutcome
{
    Open,
    Won,
    Lost,
}

/// <summary>Votes of one election: each voter's first answer counts, once.</summary>
internal sealed class VoteTally(RaftBug bug)
{
    private readonly SortedDictionary<long, bool> answers = [];
    private int countedTwice;

    public void Clear()
    {
        answers.Clear();
        countedTwice = 0;
    }

    public void Record(long voter, bool granted)
    {
        if (!answers.TryAdd(voter, granted) && granted && bug == RaftBug.VoteCountedTwice)
        {
            countedTwice++;
        }
    }

    public VoteOutcome Outcome(Membership membership)
    {
        var granted = countedTwice;
        var open = 0;
        foreach (var voter in membership.Voters)
        {
            if (!answers.TryGetValue(voter, out var yes))
            {
                open++;
            }
            else if (yes)
            {
                granted++;
            }
        }

        return granted >= membership.Quorum ? VoteOutcome.Won
            : granted + open < membership.Quorum ? VoteOutcome.Lost
            : VoteOutcome.Open;
    }
}
