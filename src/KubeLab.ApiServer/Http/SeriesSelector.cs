using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;

namespace KubeLab.ApiServer.Http;

/// <summary>A selector as objects write it, made of the one that a request's parameter is.</summary>
/// <remarks>Upstream: metav1.ParseToLabelSelector.</remarks>
internal static class SeriesSelector
{
    public static LabelSelector Of(Selector selector)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = new List<LabelSelectorRequirement>();
        foreach (var line in selector.Requirements)
        {
            if (line.Operator is SelectorOperator.Equals or SelectorOperator.DoubleEquals)
            {
                labels[line.Key] = line.Values[0];
            }
            else
            {
                var op = line.Operator == SelectorOperator.NotEquals ? "NotIn" : line.Operator.ToString();
                lines.Add(new LabelSelectorRequirement { Key = line.Key, Operator = op, Values = [.. line.Values] });
            }
        }

        return new LabelSelector { MatchLabels = StringMap.From(labels), MatchExpressions = [.. lines] };
    }
}
