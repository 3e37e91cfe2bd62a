using System.Globalization;
using KubeLab.Api.Cron;
using KubeLab.Autoscaling.JustInTime.Model;

namespace KubeLab.Autoscaling.JustInTime.Disruption;

/// <summary>How many nodes of a pool may go at a time.</summary>
/// <remarks>Upstream: GetAllowedDisruptionsByReason in pkg/apis/v1/nodepool.go.</remarks>
/// <seealso href="https://karpenter.sh/docs/concepts/disruption/#disruption-budgets">Karpenter: disruption budgets</seealso>
internal static class DisruptionBudgets
{
    private static readonly DisruptionBudget[] Default = [new() { Nodes = "10%" }];

    /// <summary>The least that a budget in force allows for this reason.</summary>
    /// <param name="budgets">The pool's budgets; null for the default of 10 %.</param>
    /// <param name="reason"><c>Empty</c>, <c>Underutilized</c> or <c>Drifted</c>.</param>
    /// <param name="nodes">How many nodes the pool has.</param>
    /// <param name="now">The time.</param>
    public static int Allowed(IReadOnlyList<DisruptionBudget>? budgets, string reason, int nodes, DateTimeOffset now)
    {
        var least = int.MaxValue;
        foreach (var budget in budgets ?? Default)
        {
            if (IsInForce(budget, now) && (budget.Reasons is not { Length: > 0 } reasons || reasons.Contains(reason)))
            {
                least = Math.Min(least, Count(budget.Nodes ?? "10%", nodes));
            }
        }

        return least;
    }

    /// <summary>A percentage counts up, so that a small pool is not locked.</summary>
    public static int Count(string text, int nodes) => text.EndsWith('%')
        ? (int)Math.Ceiling(int.Parse(text[..^1], CultureInfo.InvariantCulture) * (long)nodes / 100.0)
        : int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Whether its schedule struck so lately that its duration has not passed; without a schedule, always.</summary>
    public static bool IsInForce(DisruptionBudget budget, DateTimeOffset now)
    {
        if (budget.Schedule is null)
        {
            return true;
        }

        var duration = KarpenterTime.Parse(budget.Duration?.EndsWith("0s", StringComparison.Ordinal) == true ? budget.Duration[..^2] : budget.Duration) ?? TimeSpan.Zero;

        // A schedule that cannot be read blocks: nobody knows when its author wanted quiet.
        return CronSchedule.TryParse(budget.Schedule, out var schedule) is not null || schedule!.Next(now - duration, TimeZoneInfo.Utc) <= now;
    }
}
