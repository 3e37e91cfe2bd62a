using KubeLab.Client.LeaderElection;

namespace KubeLab.Tests.Client.LeaderElection;

/// <summary>What a candidate may do, by upstream's rules (client-go/tools/leaderelection).</summary>
public sealed class CandidacyTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    // Holder in the lease, whether the candidate has seen it, how long ago, whether it may write.
    [Theory]
    [InlineData("", false, 0, true)]
    [InlineData("", true, 0, true)]
    [InlineData("other", false, 0, false)]
    [InlineData("other", true, 14.9, false)]
    [InlineData("other", true, 15, true)]
    [InlineData("other", true, 1000, true)]
    [InlineData("me", false, 0, true)]
    [InlineData("me", true, 14, true)]
    [InlineData("me", true, 1000, true)]
    public void Only_another_ones_lease_that_holds_is_in_the_way(string holder, bool wasSeen, double secondsAgo, bool mayWrite)
    {
        var read = new LeaderRecord(holder, 15, Now.AddHours(-1), Now.AddHours(-1), 2);
        var candidacy = Candidacy.Of("me");
        if (wasSeen)
        {
            candidacy = candidacy.See(read, Now.AddSeconds(-secondsAgo));
        }

        candidacy = candidacy.See(read, Now);
        Assert.Equal(mayWrite, !candidacy.IsLedByAnother(read, Now));
    }

    [Fact]
    public void The_leaders_clock_does_not_matter()
    {
        var fromThePast = new LeaderRecord("other", 15, Now.AddYears(-1), Now.AddYears(-1), 0);
        var fromTheFuture = fromThePast with { RenewedAt = Now.AddYears(1) };
        var candidacy = Candidacy.Of("me").See(fromThePast, Now);
        Assert.True(candidacy.IsLedByAnother(fromThePast, Now.AddSeconds(14)));
        candidacy = candidacy.See(fromTheFuture, Now.AddSeconds(14));
        Assert.True(candidacy.IsLedByAnother(fromTheFuture, Now.AddSeconds(28)));
        Assert.False(candidacy.IsLedByAnother(fromTheFuture, Now.AddSeconds(29)));
    }

    [Fact]
    public void Reading_the_same_again_does_not_lengthen_it()
    {
        var read = new LeaderRecord("other", 15, Now, Now, 0);
        var candidacy = Candidacy.Of("me").See(read, Now).See(read, Now.AddSeconds(10));
        Assert.Equal(Now, candidacy.ObservedAt);
    }

    [Fact]
    public void The_leases_own_duration_counts_and_not_the_candidates()
    {
        var brief = new LeaderRecord("other", 1, Now, Now, 0);
        Assert.False(Candidacy.Of("me").See(brief, Now).IsLedByAnother(brief, Now.AddSeconds(1)));
    }

    [Fact]
    public void The_first_record_has_no_transition_and_a_takeover_one_more()
    {
        var candidacy = Candidacy.Of("me");
        Assert.Equal(new LeaderRecord("me", 15, Now, Now, 0), candidacy.First(Now, Duration));

        var old = new LeaderRecord("other", 15, Now.AddDays(-1), Now.AddHours(-1), 4);
        Assert.Equal(new LeaderRecord("me", 15, Now, Now, 5), candidacy.See(old, Now.AddHours(-1)).Next(old, Now, Duration));
        var unled = old with { Holder = "" };
        Assert.Equal(5, candidacy.See(unled, Now).Next(unled, Now, Duration).Transitions);
    }

    [Fact]
    public void A_renewal_keeps_when_it_was_acquired_and_how_often_it_changed_hands()
    {
        var mine = new LeaderRecord("me", 15, Now.AddDays(-1), Now.AddSeconds(-2), 4);
        var candidacy = Candidacy.Of("me").See(mine, Now);
        Assert.True(candidacy.MayRenewUnseen(Now));
        Assert.Equal(mine with { RenewedAt = Now }, candidacy.Next(mine, Now, Duration));
        Assert.False(candidacy.MayRenewUnseen(Now.AddSeconds(15)));
    }

    [Fact]
    public void Who_gives_it_back_leaves_a_lease_of_a_second_that_nobody_holds()
    {
        var mine = new LeaderRecord("me", 15, Now.AddDays(-1), Now, 4);
        Assert.Equal(new LeaderRecord("", 1, Now, Now, 4), Candidacy.Of("me").See(mine, Now).Released(Now));
    }

    [Theory]
    [InlineData(10, 10, 2, "leaseDuration must be greater than renewDeadline")]
    [InlineData(15, 2.4, 2, "renewDeadline must be greater than retryPeriod*JitterFactor")]
    [InlineData(0, -1, -2, "leaseDuration must be greater than zero")]
    [InlineData(15, -1, -2, "renewDeadline must be greater than zero")]
    [InlineData(15, 10, 0, "retryPeriod must be greater than zero")]
    public void Times_that_contradict_each_other_are_refused(double lease, double renew, double retry, string message)
    {
        var options = new LeaderElectionOptions
        {
            LeaseDuration = TimeSpan.FromSeconds(lease),
            RenewDeadline = TimeSpan.FromSeconds(renew),
            RetryPeriod = TimeSpan.FromSeconds(retry),
        };
        Assert.Equal(message, Assert.Throws<ArgumentException>(options.Check).Message);
    }
}
