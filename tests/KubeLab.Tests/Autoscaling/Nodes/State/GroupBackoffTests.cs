using KubeLab.Autoscaling.Nodes.Provider;
using KubeLab.Autoscaling.Nodes.State;

namespace KubeLab.Tests.Autoscaling.Nodes.State;

public sealed class GroupBackoffTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly InstanceError Quota = new(InstanceErrorClass.OutOfResources, "QUOTA_EXCEEDED", "no more");
    private readonly GroupBackoff backoff = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(3));

    [Fact]
    public void Pauses_double_up_to_half_an_hour()
    {
        var now = Start;
        foreach (var minutes in new[] { 5, 10, 20, 30, 30 })
        {
            Assert.Equal(now.AddMinutes(minutes), backoff.Fail("g", Quota, now));
            now = now.AddMinutes(minutes).AddSeconds(1);
            Assert.Null(backoff.ErrorOf("g", now));
        }
    }

    [Fact]
    public void Failures_within_a_pause_do_not_double_it()
    {
        backoff.Fail("g", Quota, Start);
        Assert.Equal(Start.AddMinutes(6), backoff.Fail("g", Quota, Start.AddMinutes(1)));
    }

    [Fact]
    public void A_success_and_three_hours_forget_failures()
    {
        backoff.Fail("g", Quota, Start);
        backoff.Succeed("g");
        Assert.Equal(Start.AddMinutes(65), backoff.Fail("g", Quota, Start.AddHours(1)));
        backoff.Forget(Start.AddHours(4));
        Assert.Equal(Start.AddHours(4).AddMinutes(15), backoff.Fail("g", Quota, Start.AddHours(4).AddMinutes(5)));
        backoff.Forget(Start.AddHours(7).AddMinutes(6));
        Assert.Equal(Start.AddHours(8).AddMinutes(5), backoff.Fail("g", Quota, Start.AddHours(8)));
    }

    [Fact]
    public void One_groups_failure_is_not_anothers()
    {
        backoff.Fail("g", Quota, Start);
        Assert.Equal(Quota, backoff.ErrorOf("g", Start.AddMinutes(4)));
        Assert.Null(backoff.ErrorOf("other", Start));
    }
}
