using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Http;

/// <summary>A request that the server passes on to the metrics adapter.</summary>
/// <param name="Group">The API group.</param>
/// <param name="Version">Its version.</param>
/// <param name="Namespace">Where; empty outside of namespaces.</param>
/// <param name="Resource">The kind of object; empty for measures from elsewhere.</param>
/// <param name="Name">The object, or <c>*</c>.</param>
/// <param name="Metric">The measure.</param>
/// <seealso href="https://github.com/kubernetes/metrics">k8s.io/metrics: custom_metrics, external_metrics</seealso>
internal sealed record MetricsRequest(string Group, string Version, string Namespace, string Resource, string Name, string Metric)
{
    private const string All = "*";

    /// <summary>Reads a path; null when it asks for no measure.</summary>
    public static MetricsRequest? Read(string[] parts) => parts switch
    {
        ["apis", AggregatedMetrics.Custom, var version, "namespaces", var ns, "metrics", var metric] => new(parts[1], version, ns, "namespaces", ns, metric),
        ["apis", AggregatedMetrics.Custom, var version, "namespaces", var ns, var resource, var name, var metric] => new(parts[1], version, ns, resource, name, metric),
        ["apis", AggregatedMetrics.Custom, var version, var resource, var name, var metric] => new(parts[1], version, "", resource, name, metric),
        ["apis", AggregatedMetrics.External, var version, "namespaces", var ns, var metric] => new(parts[1], version, ns, "", "", metric),
        _ => null,
    };

    /// <summary>Asks the adapter, and writes its answer.</summary>
    /// <exception cref="ApiException">NotFound: there is no such measure; BadRequest: a selector cannot be read; MethodNotAllowed: they can only be read.</exception>
    public ApiResponse Answer(IMetricsAdapter adapter, ApiRequest request, RequestQuery query)
    {
        if (request.Method is not ("GET" or "HEAD"))
        {
            throw new ApiException(new Status
            {
                State = "Failure",
                Code = 405,
                Reason = "MethodNotAllowed",
                Message = "the server does not allow this method on the requested resource",
                Details = new(),
            });
        }

        var isPretty = query.Is("pretty");
        if (Group == AggregatedMetrics.External)
        {
            var series = adapter.ReadExternal(Namespace, Metric, Select(query, "labelSelector"));
            return Listed(json => External(json, series), isPretty);
        }

        var selector = query["metricLabelSelector"];
        var values = adapter.Read(new ObjectMetricQuestion(
            Resource, Namespace, Name == All ? null : Name, Select(query, "labelSelector"), Metric, Select(query, "metricLabelSelector")));
        return Listed(json => Custom(json, values, selector), isPretty);
    }

    private ApiResponse Listed(Action<Utf8JsonWriter> write, bool isPretty) => new()
    {
        Code = 200,
        Body = JsonBody.Of(
            json =>
            {
                JsonBody.BeginList(json, AggregatedMetrics.KindOf(Group), $"{Group}/{Version}", new ListMeta());
                json.WriteStartArray("items");
                write(json);
                json.WriteEndArray();
                json.WriteEndObject();
            },
            isPretty),
    };

    private void Custom(Utf8JsonWriter json, IReadOnlyList<ObjectMetricValue> values, string? selector)
    {
        foreach (var value in values)
        {
            json.WriteStartObject();
            json.WriteStartObject("describedObject");
            json.WriteString("kind", value.Kind);
            if (value.Object.Namespace.Length > 0)
            {
                json.WriteString("namespace", value.Object.Namespace);
            }

            json.WriteString("name", value.Object.Name);
            json.WriteString("apiVersion", value.ApiVersion);
            json.WriteEndObject();
            if (Version == "v1beta1")
            {
                json.WriteString("metricName", Metric);
                Instant(json, value.At);
                json.WriteString("value", value.Value.ToString());
                Selected(json, selector);
            }
            else
            {
                json.WriteStartObject("metric");
                json.WriteString("name", Metric);
                Selected(json, selector);
                json.WriteEndObject();
                Instant(json, value.At);
                json.WriteString("value", value.Value.ToString());
            }

            json.WriteEndObject();
        }
    }

    private void External(Utf8JsonWriter json, IReadOnlyList<ExternalMetricValue> series)
    {
        foreach (var one in series)
        {
            json.WriteStartObject();
            json.WriteString("metricName", Metric);
            json.WriteStartObject("metricLabels");
            foreach (var (label, value) in one.Labels)
            {
                json.WriteString(label, value);
            }

            json.WriteEndObject();
            Instant(json, one.At);
            json.WriteString("value", one.Value.ToString());
            json.WriteEndObject();
        }
    }

    private static void Instant(Utf8JsonWriter json, DateTimeOffset at)
    {
        json.WritePropertyName("timestamp");
        JsonSerializer.Serialize(json, (Timestamp)at, ApiJson.Default.Timestamp);
    }

    private static void Selected(Utf8JsonWriter json, string? selector)
    {
        json.WritePropertyName("selector");
        if (selector is null)
        {
            json.WriteNullValue();
        }
        else
        {
            JsonSerializer.Serialize(json, SeriesSelector.Of(Selector.Parse(selector)), ApiJson.Default.LabelSelector);
        }
    }

    private static Selector Select(RequestQuery query, string parameter)
    {
        if (query[parameter] is not { } text)
        {
            return Selector.Everything;
        }

        try
        {
            return Selector.Parse(text);
        }
        catch (FormatException unreadable)
        {
            throw ApiErrors.BadRequest($"unable to parse requirement: {unreadable.Message}");
        }
    }
}
