using KubeLab.Autoscaling.JustInTime.Disruption;
using KubeLab.Autoscaling.JustInTime.Model;

namespace KubeLab.Tests.Autoscaling.JustInTime.Disruption;

public sealed class DisruptionBudgetsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    // A percentage is rounded up, as the documentation says of ten per cent of small pools.
    [Theory]
    [InlineData("10%", 0, 0)]
    [InlineData("10%", 1, 1)]
    [InlineData("10%", 10, 1)]
    [InlineData("10%", 19, 2)]
    [InlineData("100%", 7, 7)]
    [InlineData("0%", 7, 0)]
    [InlineData("0", 7, 0)]
    [InlineData("5", 2, 5)]
    public void A_budget_is_a_number_or_a_share(string text, int nodes, int allowed) => Assert.Equal(allowed, DisruptionBudgets.Count(text, nodes));

    [Fact]
    public void The_strictest_budget_in_force_counts_and_without_any_it_is_ten_per_cent()
    {
        DisruptionBudget[] budgets = [new() { Nodes = "50%" }, new() { Nodes = "3" }, new() { Nodes = "0", Reasons = ["Drifted"] }];
        Assert.Equal(3, DisruptionBudgets.Allowed(budgets, "Empty", 20, Noon));
        Assert.Equal(0, DisruptionBudgets.Allowed(budgets, "Drifted", 20, Noon));
        Assert.Equal(2, DisruptionBudgets.Allowed(null, "Empty", 20, Noon));
        Assert.Equal(int.MaxValue, DisruptionBudgets.Allowed([], "Empty", 20, Noon));
    }

    // Rows: schedule, duration, hour of the day, whether it is in force.
    [Theory]
    [InlineData("0 9 * * *", "8h", 8, false)]
    [InlineData("0 9 * * *", "8h", 9, true)]
    [InlineData("0 9 * * *", "8h", 16, true)]
    [InlineData("0 9 * * *", "8h", 17, true)]
    [InlineData("0 9 * * *", "8h", 18, false)]
    [InlineData("@daily", "1h0m0s", 0, true)]
    [InlineData("@daily", "1h", 2, false)]
    [InlineData(null, null, 3, true)]
    public void A_schedule_says_when_it_is_in_force(string? schedule, string? duration, int hour, bool inForce) =>
        Assert.Equal(inForce, DisruptionBudgets.IsInForce(new() { Nodes = "0", Schedule = schedule, Duration = duration }, Noon.AddHours(hour - 12).AddSeconds(hour == 17 ? -1 : 0)));
}
