using KubeLab.Api.Autoscaling;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>How far the number may change now, by the policies of its behavior.</summary>
/// <remarks>Upstream: calculateScaleUpLimitWithScalingRules and calculateScaleDownLimitWithBehaviors.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#scaling-policies">Scaling policies</seealso>
public static class ScalingBounds
{
    /// <summary>Without a behavior: double, and four at least.</summary>
    public static int UpByDefault(int current) => (int)Math.Min(int.MaxValue, Math.Max(2.0 * current, 4.0));

    /// <summary>The most copies that <paramref name="rules"/> allow now.</summary>
    public static int Up(int current, HPAScalingRules rules, ScalingMemory memory, DateTimeOffset now)
    {
        if (rules.SelectPolicy == "Disabled")
        {
            return current;
        }

        var isStrict = rules.SelectPolicy == "Min";
        var bound = isStrict ? int.MaxValue : int.MinValue;
        foreach (var policy in rules.Policies)
        {
            var before = current - memory.GrownSince(now - TimeSpan.FromSeconds(policy.PeriodSeconds));
            var allowed = policy.Type == "Pods" ? before + policy.Value : Whole(Math.Ceiling(before * (1 + (policy.Value / 100.0))));
            bound = isStrict ? Math.Min(bound, allowed) : Math.Max(bound, allowed);
        }

        return bound;
    }

    /// <summary>The fewest copies that <paramref name="rules"/> allow now.</summary>
    public static int Down(int current, HPAScalingRules rules, ScalingMemory memory, DateTimeOffset now)
    {
        if (rules.SelectPolicy == "Disabled")
        {
            return current;
        }

        var isStrict = rules.SelectPolicy == "Min";
        var bound = isStrict ? int.MinValue : int.MaxValue;
        foreach (var policy in rules.Policies)
        {
            var before = current - memory.GrownSince(now - TimeSpan.FromSeconds(policy.PeriodSeconds));
            var allowed = policy.Type == "Pods" ? before - policy.Value : Whole(before * (1 - (policy.Value / 100.0)));
            bound = isStrict ? Math.Max(bound, allowed) : Math.Min(bound, allowed);
        }

        return bound;
    }

    /// <summary>The longest time that a policy looks back.</summary>
    public static TimeSpan LongestPeriod(HorizontalPodAutoscalerBehavior behavior)
    {
        var longest = 0;
        foreach (var rules in (ReadOnlySpan<HPAScalingRules?>)[behavior.ScaleUp, behavior.ScaleDown])
        {
            foreach (var policy in rules?.Policies ?? default)
            {
                longest = Math.Max(longest, policy.PeriodSeconds);
            }
        }

        return TimeSpan.FromSeconds(longest);
    }

    private static int Whole(double copies) => copies >= int.MaxValue ? int.MaxValue : (int)copies;
}
