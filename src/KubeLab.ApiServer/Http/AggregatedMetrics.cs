using System.Text.Json;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Http;

/// <summary>The groups that a metrics adapter serves behind the aggregation layer, as discovery tells them: each measure is a subresource of the kind that has it.</summary>
internal sealed class AggregatedMetrics(Func<IMetricsAdapter?> adapter)
{
    /// <summary>The group of measures that objects have.</summary>
    public const string Custom = "custom.metrics.k8s.io";

    /// <summary>The group of measures from elsewhere.</summary>
    public const string External = "external.metrics.k8s.io";

    private static readonly string[] CustomVersions = ["v1beta2", "v1beta1"];
    private static readonly string[] ExternalVersions = ["v1beta1"];

    /// <summary>The groups; none while nobody serves them.</summary>
    public IEnumerable<string> Groups => adapter() is null ? [] : [Custom, External];

    /// <summary>The versions of a group, the preferred one first; none when it is not one of these, or nobody serves it.</summary>
    public string[] Versions(string group) => (group, adapter()) switch
    {
        (Custom, not null) => CustomVersions,
        (External, not null) => ExternalVersions,
        _ => [],
    };

    /// <summary>Whether a version of a group is served; null stands for any.</summary>
    public bool Serves(string group, string? version) => Versions(group) is { Length: > 0 } versions && (version is null || versions.Contains(version));

    /// <summary>Writes the resources of a group as a list's entries.</summary>
    public void Resources(Utf8JsonWriter json, string group)
    {
        foreach (var name in Names(group))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("singularName", "");
            json.WriteBoolean("namespaced", true);
            json.WriteString("kind", KindOf(group));
            Get(json);
            json.WriteEndObject();
        }
    }

    /// <summary>Writes the resources of a group in the form that holds everything at once.</summary>
    public void Aggregated(Utf8JsonWriter json, string group)
    {
        if (group == External)
        {
            foreach (var name in Names(group))
            {
                Resource(json, name, KindOf(group), hasVerbs: true);
                json.WriteEndObject();
            }

            return;
        }

        // The kinds themselves are not served here, only what is measured of them.
        foreach (var kind in Names(group).Select(n => n.Split('/', 2)).GroupBy(n => n[0], n => n[1]))
        {
            Resource(json, kind.Key, "", hasVerbs: false);
            json.WriteStartArray("subresources");
            foreach (var metric in kind)
            {
                json.WriteStartObject();
                json.WriteString("subresource", metric);
                ResponseKind(json, KindOf(group));
                Get(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <summary>The kind of the lists that a group answers with.</summary>
    public static string KindOf(string group) => group == Custom ? "MetricValueList" : "ExternalMetricValueList";

    private IEnumerable<string> Names(string group) => (group, adapter()) switch
    {
        (Custom, { } served) => served.ObjectMetrics.Select(m => $"{m.Resource}/{m.Metric}"),
        (External, { } served) => served.ExternalMetrics,
        _ => [],
    };

    private static void Resource(Utf8JsonWriter json, string name, string kind, bool hasVerbs)
    {
        json.WriteStartObject();
        json.WriteString("resource", name);
        ResponseKind(json, kind);
        json.WriteString("scope", "Namespaced");
        json.WriteString("singularResource", "");
        if (hasVerbs)
        {
            Get(json);
        }
        else
        {
            json.WriteNull("verbs");
        }
    }

    private static void ResponseKind(Utf8JsonWriter json, string kind)
    {
        json.WriteStartObject("responseKind");
        json.WriteString("group", "");
        json.WriteString("version", "");
        json.WriteString("kind", kind);
        json.WriteEndObject();
    }

    private static void Get(Utf8JsonWriter json)
    {
        json.WriteStartArray("verbs");
        json.WriteStringValue("get");
        json.WriteEndArray();
    }
}
