using KubeLab.Api.Core;

namespace KubeLab.Api.Quotas;

/// <summary>Whether a quota concerns an object.</summary>
public static class QuotaMatch
{
    /// <summary>The resources of <paramref name="hard"/> that objects of <paramref name="evaluator"/> use, in order.</summary>
    public static IReadOnlyList<string> Limited(QuotaEvaluator evaluator, ResourceList hard)
    {
        var names = new List<string>();
        foreach (var (name, _) in hard)
        {
            if (evaluator.Uses(name))
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>Whether <paramref name="obj"/> is within all scopes of the quota.</summary>
    public static bool InScope(QuotaEvaluator evaluator, ResourceQuotaSpec spec, IApiObject obj) =>
        QuotaScope.Of(spec).All(scope => evaluator.Matches(scope, obj));
}
