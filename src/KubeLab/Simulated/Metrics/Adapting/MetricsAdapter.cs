using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Traffic;
using KubeLab.Simulation;

namespace KubeLab.Simulated.Metrics.Adapting;

/// <summary>Serves measures of requests to autoscalers, as prometheus-adapter does with a Prometheus behind it that asks pods and services from time to time.</summary>
/// <remarks>
/// Pods tell <c>http_requests_per_second</c> (the rate of what they answered) and <c>http_requests_in_flight</c>; services <c>requests_per_second</c> (the rate of what was sent to them) and
/// <c>request_duration_seconds_p95</c>; from elsewhere come <c>requests_offered_per_second</c> with the labels <c>namespace</c> and <c>service</c>, and what a lesson adds.
/// </remarks>
/// <seealso href="https://github.com/kubernetes-sigs/prometheus-adapter/blob/master/docs/walkthrough.md">prometheus-adapter, walkthrough</seealso>
internal sealed class MetricsAdapter(
    IKubernetesApi api, VirtualClock clock, AdapterOptions options, Func<IEnumerable<RequestCounts>> pods, Func<IReadOnlyList<ServiceCounts>> services) : IMetricsAdapter
{
    private const string FromElsewhere = "";

    // One more answer than fits into the window, for the one that is still on its way.
    private readonly TimeSpan keep = options.RateWindow + options.Lag + options.ScrapeInterval;
    private readonly SeriesBook book = new();
    private readonly Dictionary<(string Metric, StringMap Labels), Func<double>> added = [];
    private readonly List<(string Metric, StringMap Labels)> order = [];
    private DateTimeOffset lastScrape = clock.Now;

    /// <inheritdoc/>
    public IReadOnlyList<ObjectMetricName> ObjectMetrics => [.. book.Names.Where(n => n.Resource != FromElsewhere).Select(n => new ObjectMetricName(n.Resource, n.Metric))];

    /// <inheritdoc/>
    public IReadOnlyList<string> ExternalMetrics => [.. book.Names.Where(n => n.Resource == FromElsewhere).Select(n => n.Metric)];

    /// <summary>Begins to ask.</summary>
    public void Start() => clock.Every(options.ScrapeInterval, Scrape, TimeSpan.Zero);

    /// <summary>From now on this is asked too; it takes the place of what was added with the same name and labels.</summary>
    public void Add(string metric, StringMap labels, Func<double> value)
    {
        if (!added.ContainsKey((metric, labels)))
        {
            order.Add((metric, labels));
        }

        added[(metric, labels)] = value;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ObjectMetricValue> Read(ObjectMetricQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (question.Resource == FromElsewhere || book.Of(question.Resource, question.Metric) is not { } series)
        {
            throw NotFound(question.Metric, question.Resource);
        }

        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var one in series)
        {
            if (one.Owner is { } owner && owner.Namespace == question.Namespace && (question.Name is null || question.Name == owner.Name)
                && question.Series.Matches(one.Labels) && Value(one) is { } value)
            {
                values[owner.Name] = values.GetValueOrDefault(owner.Name) + value;
            }
        }

        if (question.Name is { } name && !values.ContainsKey(name))
        {
            throw NotFound(question.Metric, question.Series.IsEmpty ? $"{question.Resource} {name}" : $"{question.Resource} {name} with selector {question.Series}");
        }

        var (kind, names) = question.Name is { } only ? (KindOf(question.Resource), [only]) : Selected(question);
        return
        [
            .. names.Where(values.ContainsKey).Select(n => new ObjectMetricValue("/v1", kind, new ObjectKey(question.Namespace, n), Told, Amount(values[n]))),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ExternalMetricValue> ReadExternal(string ns, string metric, Selector series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (book.Of(FromElsewhere, metric) is not { } known)
        {
            throw NotFound(metric, "namespaces");
        }

        var values = new List<ExternalMetricValue>();
        foreach (var one in known)
        {
            if ((one.Owner is null || one.Owner.Value.Namespace == ns) && series.Matches(one.Labels) && Value(one) is { } value)
            {
                values.Add(new ExternalMetricValue(one.Labels, Told, Amount(value)));
            }
        }

        return values;
    }

    private void Scrape()
    {
        foreach (var pod in pods())
        {
            var labels = StringMap.Of(("container", pod.Container));
            Note("pods", "http_requests_per_second", pod.Pod, labels, true, pod.Answered);
            Note("pods", "http_requests_in_flight", pod.Pod, labels, false, pod.InFlight);
        }

        foreach (var service in services())
        {
            Note("services", "requests_per_second", service.Service, default, true, service.Offered);
            Note("services", "request_duration_seconds_p95", service.Service, default, false, service.P95Seconds);
            var labels = StringMap.Of(("namespace", service.Service.Namespace), ("service", service.Service.Name));
            Note(FromElsewhere, "requests_offered_per_second", service.Service, labels, true, service.Offered);
        }

        foreach (var one in order)
        {
            Note(FromElsewhere, one.Metric, null, one.Labels, false, added[one]());
        }

        book.Forget(clock.Now, keep);
        var now = clock.Now;
        if (options.Lag > TimeSpan.Zero)
        {
            clock.After(options.Lag, () => lastScrape = now);
        }
        else
        {
            lastScrape = now;
        }
    }

    private void Note(string resource, string metric, ObjectKey? owner, StringMap labels, bool isCounter, double value)
    {
        if (double.IsFinite(value))
        {
            book.Note(resource, metric, owner, labels, isCounter, new Sample(clock.Now, value), keep);
        }
    }

    // Who tells late says what he would have said then.
    private DateTimeOffset Told => clock.Now - options.Lag;

    private double? Value(ScrapedSeries series) => series.At(Told, lastScrape, options.RateWindow);

    private (string Kind, IEnumerable<string> Names) Selected(ObjectMetricQuestion question)
    {
        var selection = new ListOptions { LabelSelector = question.Objects.ToString() };
        return (KindOf(question.Resource), question.Resource == "pods"
            ? api.List<Pod>(question.Namespace, selection).Select(p => p.Metadata.Name!)
            : api.List<Service>(question.Namespace, selection).Select(s => s.Metadata.Name!));
    }

    private static string KindOf(string resource) => resource == "pods" ? "Pod" : "Service";

    // Adapters cut at thousandths; what a sum of many has lost on the way is put right first.
    private static Quantity Amount(double value) => Quantity.FromMilli((long)Math.Round(value * 1000, 3));

    private static ApiException NotFound(string metric, string what) => new(new Status
    {
        State = "Failure",
        Code = 404,
        Reason = "NotFound",
        Message = $"the server could not find the metric {metric} for {what}",
    });
}
