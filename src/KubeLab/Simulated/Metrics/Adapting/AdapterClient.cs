using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Controllers.HorizontalAutoscaling;

namespace KubeLab.Simulated.Metrics.Adapting;

/// <summary>How autoscalers read what the adapter serves.</summary>
/// <param name="adapter">The adapter; null while there is none.</param>
/// <param name="kinds">All kinds, by which the kind of an object becomes a resource.</param>
/// <remarks>Upstream: customMetricsClient and externalMetricsClient in pkg/controller/podautoscaler/metrics/client.go.</remarks>
internal sealed class AdapterClient(Func<IMetricsAdapter?> adapter, Func<IEnumerable<ApiResource>> kinds) : ICustomMetrics
{
    private const string Custom = "custom";
    private const string Elsewhere = "external";

    // Adapters do not say over which time they average; autoscalers take a minute then.
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, PodMetric>? Pods(string metric, string ns, Selector pods, LabelSelector? series)
    {
        if (adapter() is not { } served)
        {
            return null;
        }

        var values = Ask(Custom, () => served.Read(new ObjectMetricQuestion("pods", ns, null, pods, metric, SelectorOf(series))));
        return RequireAny(values, Custom).ToDictionary(v => v.Object.Name, v => new PodMetric(v.Value.MilliValue, v.At, Window), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public long? Object(string metric, string ns, ScaleTargetReference about, LabelSelector? series)
    {
        ArgumentNullException.ThrowIfNull(about);
        if (adapter() is not { } served)
        {
            return null;
        }

        var resource = ResourceOf(about);
        return Ask(Custom, () => served.Read(new ObjectMetricQuestion(resource, ns, about.Name, Selector.Everything, metric, SelectorOf(series))))[0].Value.MilliValue;
    }

    /// <inheritdoc/>
    public IReadOnlyList<long>? External(string metric, string ns, LabelSelector? series)
    {
        if (adapter() is not { } served)
        {
            return null;
        }

        var values = Ask(Elsewhere, () => served.ReadExternal(ns, metric, SelectorOf(series)));
        return [.. RequireAny(values, Elsewhere).Select(v => v.Value.MilliValue)];
    }

    private string ResourceOf(ScaleTargetReference about)
    {
        var group = about.ApiVersion?.Split('/') is [var name, _] ? name : "";
        return kinds().FirstOrDefault(k => k.Kind == about.Kind && k.Group == group)?.QualifiedName ?? throw Unfetched(
            Custom,
            $"unable to map kind {(group.Length == 0 ? about.Kind : $"{about.Kind}.{group}")} to resource: no matches for kind {GoQuote.Quote(about.Kind)} in group {GoQuote.Quote(group)}");
    }

    private static T Ask<T>(string which, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ApiException refusal)
        {
            throw Unfetched(which, refusal.Message);
        }
    }

    private static IReadOnlyList<T> RequireAny<T>(IReadOnlyList<T> values, string which) =>
        values.Count > 0 ? values : throw new MetricsException($"no metrics returned from {which} metrics API");

    private static MetricsException Unfetched(string which, string why) => new($"unable to fetch metrics from {which} metrics API: {why}");

    // Without a selector all series count.
    private static Selector SelectorOf(LabelSelector? series) => series is null ? Selector.Everything : Selector.From(series);
}
