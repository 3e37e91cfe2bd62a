using System.Globalization;
using KubeLab.Etcd.Raft;

namespace KubeLab.Tests.Etcd.Raft;

public sealed class MajorityTests
{
    [Theory]
    [InlineData("7", 7)]
    [InlineData("7 3", 3)]
    [InlineData("7 3 5", 5)]
    [InlineData("7 7 0", 7)]
    [InlineData("9 7 5 3", 5)]
    [InlineData("9 7 5 3 1", 5)]
    [InlineData("9 9 9 0 0", 9)]
    [InlineData("0 0 0 9 9", 0)]
    public void A_majority_has_reached_the_median(string reached, long expected)
    {
        var values = reached.Split(' ').Select(v => long.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        var membership = Membership.Of(Enumerable.Range(1, values.Length).Select(i => (long)i));

        Assert.Equal(expected, Majority.Reached(membership, id => values[id - 1]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    [InlineData(6, 4)]
    [InlineData(7, 4)]
    public void An_even_member_more_tolerates_no_loss_more(int voters, int quorum) =>
        Assert.Equal(quorum, Membership.Of(Enumerable.Range(1, voters).Select(i => (long)i)).Quorum);

    [Theory]
    [InlineData("+1", nameof(VoteOutcome.Open))]
    [InlineData("+1 +2", nameof(VoteOutcome.Won))]
    [InlineData("+1 +1", nameof(VoteOutcome.Open))]
    [InlineData("+1 -2", nameof(VoteOutcome.Open))]
    [InlineData("+1 -2 -3", nameof(VoteOutcome.Lost))]
    [InlineData("+1 -2 +2", nameof(VoteOutcome.Open))]
    [InlineData("+1 +4", nameof(VoteOutcome.Open))]
    [InlineData("-2 -3", nameof(VoteOutcome.Lost))]
    public void Of_three_voters_two_decide_and_each_answer_counts_once(string answers, string outcome)
    {
        var tally = new VoteTally(RaftBug.None);
        foreach (var answer in answers.Split(' '))
        {
            tally.Record(answer[1] - '0', answer[0] == '+');
        }

        Assert.Equal(outcome, tally.Outcome(Membership.Of(1, 2, 3)).ToString());
    }
}
