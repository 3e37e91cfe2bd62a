using System.Globalization;
using KubeLab.Api.Batch;

namespace KubeLab.Controllers.Jobs;

/// <summary>Whether an indexed job counts as done before all its indexes have succeeded.</summary>
/// <remarks>Upstream: pkg/controller/job/success_policy.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#success-policy">Success policy</seealso>
public static class SuccessRules
{
    /// <summary>The message of the first rule that <paramref name="succeeded"/> satisfies; null when none is.</summary>
    public static string? Match(JobSuccessPolicy? policy, int completions, IndexRanges succeeded)
    {
        if (policy is null || succeeded.Count == 0)
        {
            return null;
        }

        for (var i = 0; i < policy.Rules.Count; i++)
        {
            if (IsMet(policy.Rules[i], completions, succeeded))
            {
                return string.Create(CultureInfo.InvariantCulture, $"Matched rules at index {i}");
            }
        }

        return null;
    }

    private static bool IsMet(JobSuccessRule rule, int completions, IndexRanges succeeded)
    {
        if (rule.SucceededIndexes is null)
        {
            return rule.SucceededCount is { } count && succeeded.Count >= count;
        }

        var wanted = IndexRanges.Parse(rule.SucceededIndexes, completions);
        var common = wanted.CountCommon(succeeded);
        return wanted.Count > 0 && (common == wanted.Count || (rule.SucceededCount is { } enough && common >= enough));
    }
}
