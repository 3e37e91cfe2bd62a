using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace KubeLab.ApiServer.Converting;

/// <summary>Metrics as they were written before version 2: names and targets side by side, without the objects around them.</summary>
/// <remarks>Upstream: pkg/apis/autoscaling/v1/conversion.go, the conversions of metric sources and statuses.</remarks>
internal static class OldMetric
{
    private static readonly string[] Sources = ["object", "pods", "resource", "containerResource", "external"];

    /// <summary>The old form of a metric, or of what was measured when <paramref name="current"/>.</summary>
    public static JsonNode Of<T>(T metric, JsonTypeInfo<T> info, bool current)
    {
        var tree = (JsonObject)JsonSerializer.SerializeToNode(metric, info)!;
        foreach (var source in Sources)
        {
            if (tree[source] is JsonObject given)
            {
                tree[source] = Flat(source, given, current);
            }
        }

        return tree;
    }

    /// <summary>Reads the old form.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static T Read<T>(JsonNode old, JsonTypeInfo<T> info, bool current)
    {
        if (old.DeepClone() is not JsonObject tree)
        {
            throw new JsonException("a metric is an object");
        }

        foreach (var source in Sources)
        {
            if (tree[source] is JsonObject given)
            {
                tree[source] = Deep(source, given, current);
            }
        }

        return tree.Deserialize(info)!;
    }

    private static JsonObject Flat(string source, JsonObject given, bool current)
    {
        var target = given[current ? "current" : "target"];
        var metric = given["metric"];
        var flat = new JsonObject();
        Put(flat, "target", given["describedObject"]);
        Put(flat, "name", given["name"]);
        Put(flat, "metricName", metric?["name"]);
        Put(flat, source == "external" ? "metricSelector" : "selector", metric?["selector"]);
        Put(flat, Value(current), target?["value"]);
        Put(flat, current ? "currentAverageUtilization" : "targetAverageUtilization", target?["averageUtilization"]);
        Put(flat, source == "object" ? "averageValue" : Average(current), target?["averageValue"]);
        Put(flat, "container", given["container"]);
        return flat;
    }

    private static JsonObject Deep(string source, JsonObject flat, bool current)
    {
        var (value, utilization) = (flat[Value(current)], flat[current ? "currentAverageUtilization" : "targetAverageUtilization"]);
        var average = flat[source == "object" ? "averageValue" : Average(current)];
        var amount = new JsonObject();
        if (!current)
        {
            amount["type"] = utilization is not null ? "Utilization" : average is not null ? "AverageValue" : "Value";
        }

        Put(amount, "value", amount["type"]?.GetValue<string>() == "AverageValue" ? null : value);
        Put(amount, "averageUtilization", utilization);
        Put(amount, "averageValue", average);
        var deep = new JsonObject { [current ? "current" : "target"] = amount };
        Put(deep, "name", flat["name"]);
        Put(deep, "container", flat["container"]);
        Put(deep, "describedObject", source == "object" ? flat["target"] : null);
        if (source is "object" or "pods" or "external")
        {
            var metric = new JsonObject();
            Put(metric, "name", flat["metricName"]);
            Put(metric, "selector", flat[source == "external" ? "metricSelector" : "selector"]);
            deep["metric"] = metric;
        }

        return deep;
    }

    private static string Value(bool current) => current ? "currentValue" : "targetValue";

    private static string Average(bool current) => current ? "currentAverageValue" : "targetAverageValue";

    private static void Put(JsonObject map, string name, JsonNode? value)
    {
        if (value is not null)
        {
            map[name] = value.DeepClone();
        }
    }
}
