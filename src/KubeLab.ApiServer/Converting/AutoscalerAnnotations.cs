using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Converting;

/// <summary>The annotations in which version 1 of an autoscaler carries what only later versions have fields for.</summary>
/// <remarks>Upstream: pkg/apis/autoscaling/annotations.go. What cannot be read is left out, as there.</remarks>
internal static class AutoscalerAnnotations
{
    private const string MetricsName = "autoscaling.alpha.kubernetes.io/metrics";
    private const string CurrentMetricsName = "autoscaling.alpha.kubernetes.io/current-metrics";
    private const string ConditionsName = "autoscaling.alpha.kubernetes.io/conditions";
    private const string BehaviorName = "autoscaling.alpha.kubernetes.io/behavior";

    /// <summary>The annotations of a stored autoscaler with its own added.</summary>
    public static StringMap Write(HorizontalPodAutoscaler hpa)
    {
        var all = Without(hpa.Metadata.Annotations);
        var others = hpa.Spec.Metrics.Where(m => !AutoscalerConversion.IsCpu(m)).ToList();
        all = others.Count == 0 ? all : all.With(MetricsName, Text(others.Select(m => OldMetric.Of(m, ApiJson.Default.MetricSpec, current: false))));
        all = hpa.Status.CurrentMetrics.IsEmpty
            ? all
            : all.With(CurrentMetricsName, Text(hpa.Status.CurrentMetrics.Select(m => OldMetric.Of(m, ApiJson.Default.MetricStatus, current: true))));
        all = hpa.Status.Conditions.IsEmpty
            ? all
            : all.With(ConditionsName, Text(hpa.Status.Conditions.Select(c => JsonSerializer.SerializeToNode(c, ApiJson.Default.Condition)!)));
        return hpa.Spec.Behavior is { } behavior ? all.With(BehaviorName, BehaviorText(behavior)) : all;
    }

    /// <summary>The annotations without its own.</summary>
    public static StringMap Without(StringMap all) =>
        all.Without(MetricsName).Without(CurrentMetricsName).Without(ConditionsName).Without(BehaviorName);

    /// <summary>The metrics other than CPU, or null.</summary>
    public static IEnumerable<MetricSpec>? Metrics(StringMap all) =>
        Read(all[MetricsName], n => OldMetric.Read(n, ApiJson.Default.MetricSpec, current: false));

    /// <summary>What was measured, or null.</summary>
    public static ValueList<MetricStatus>? CurrentMetrics(StringMap all) =>
        Read(all[CurrentMetricsName], n => OldMetric.Read(n, ApiJson.Default.MetricStatus, current: true))?.ToValueList();

    /// <summary>The conditions, or null.</summary>
    public static ValueList<Condition>? Conditions(StringMap all) => Read(all[ConditionsName], n => n.Deserialize(ApiJson.Default.Condition)!)?.ToValueList();

    /// <summary>How fast the number may change, or null.</summary>
    public static HorizontalPodAutoscalerBehavior? Behavior(StringMap all)
    {
        try
        {
            return all[BehaviorName] is { } text && JsonNode.Parse(text) is JsonObject tree
                ? Cased(tree, char.ToLowerInvariant).Deserialize(ApiJson.Default.HorizontalPodAutoscalerBehavior)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Upstream writes the type that has no names for JSON here, so the fields have capitals and none is left out.
    private static string BehaviorText(HorizontalPodAutoscalerBehavior behavior) =>
        new JsonObject { ["ScaleUp"] = Rules(behavior.ScaleUp), ["ScaleDown"] = Rules(behavior.ScaleDown) }.ToJsonString(Plain);

    private static JsonObject? Rules(HPAScalingRules? rules) => rules is null ? null : new JsonObject
    {
        ["StabilizationWindowSeconds"] = rules.StabilizationWindowSeconds,
        ["SelectPolicy"] = rules.SelectPolicy,
        ["Policies"] = new JsonArray([.. rules.Policies.Select(p => (JsonNode)new JsonObject
        {
            ["Type"] = p.Type,
            ["Value"] = p.Value,
            ["PeriodSeconds"] = p.PeriodSeconds,
        })]),
        ["Tolerance"] = rules.Tolerance?.ToString(),
    };

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Text(IEnumerable<JsonNode> items) => new JsonArray([.. items]).ToJsonString(Plain);

    private static List<T>? Read<T>(string? text, Func<JsonNode, T> read)
    {
        try
        {
            return text is not null && JsonNode.Parse(text) is JsonArray list ? [.. list.Select(item => read(item ?? new JsonObject()))] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode Cased(JsonNode node, Func<char, char> first) => node switch
    {
        JsonObject map => new JsonObject(map.Where(f => f.Value is not null).Select(f => KeyValuePair.Create($"{first(f.Key[0])}{f.Key[1..]}", (JsonNode?)Cased(f.Value!, first)))),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Cased(item, first))]),
        _ => node.DeepClone(),
    };
}
