using KubeLab.Api.Meta;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>A label selector as upstream's messages print it, which is as Go prints its structure.</summary>
internal static class SelectorText
{
    public static string Of(LabelSelector? selector)
    {
        if (selector is null)
        {
            return "nil";
        }

        var labels = string.Concat(selector.MatchLabels.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}: {p.Value},"));
        var lines = string.Concat(selector.MatchExpressions.Select(e => $"LabelSelectorRequirement{{Key:{e.Key},Operator:{e.Operator},Values:[{string.Join(' ', e.Values)}],}},"));
        return $"&LabelSelector{{MatchLabels:map[string]string{{{labels}}},MatchExpressions:[]LabelSelectorRequirement{{{lines}}},}}";
    }
}
