using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;

namespace KubeLab.Simulated.JustInTime;

/// <summary>The objects that the library's verbs create; a manifest applied with kubectl does the same.</summary>
internal static class JustInTimeManifest
{
    private const string ClassName = "default";

    /// <summary>The node class that pools of the library name.</summary>
    public static CustomObject NodeClass() => Read(new JsonObject
    {
        ["apiVersion"] = "karpenter.kubelab.dev/v1",
        ["kind"] = "KubeLabNodeClass",
        ["metadata"] = new JsonObject { ["name"] = ClassName },
        ["spec"] = new JsonObject(),
    });

    /// <summary>The NodePool.</summary>
    public static CustomObject Of(JustInTimePool pool)
    {
        var spec = new JsonObject
        {
            ["template"] = new JsonObject
            {
                ["spec"] = new JsonObject
                {
                    ["nodeClassRef"] = new JsonObject { ["group"] = "karpenter.kubelab.dev", ["kind"] = "KubeLabNodeClass", ["name"] = ClassName },
                    ["requirements"] = Requirements(pool),
                    ["expireAfter"] = pool.ExpireAfter is { } end ? Text(end) : "Never",
                },
            },
            ["disruption"] = new JsonObject
            {
                ["consolidateAfter"] = pool.ConsolidateAfter is { } after ? Text(after) : "Never",
                ["consolidationPolicy"] = "WhenEmptyOrUnderutilized",
                ["budgets"] = new JsonArray(new JsonObject { ["nodes"] = pool.Budget }),
            },
        };
        if (Limits(pool) is { Count: > 0 } limits)
        {
            spec["limits"] = limits;
        }

        if (pool.Weight > 0)
        {
            spec["weight"] = pool.Weight;
        }

        return Read(new JsonObject
        {
            ["apiVersion"] = "karpenter.sh/v1",
            ["kind"] = "NodePool",
            ["metadata"] = new JsonObject { ["name"] = pool.Name },
            ["spec"] = spec,
        });
    }

    private static JsonArray Requirements(JustInTimePool pool)
    {
        var lines = new JsonArray();
        In("karpenter.sh/capacity-type", [.. new[] { pool.OnDemand ? "on-demand" : "", pool.Spot ? "spot" : "" }.Where(t => t.Length > 0)]);
        In("karpenter.kubelab.dev/instance-family", pool.Families);
        In("node.kubernetes.io/instance-type", pool.Types);
        In("topology.kubernetes.io/zone", pool.Zones);
        return lines;

        void In(string key, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
            {
                lines.Add(new JsonObject { ["key"] = key, ["operator"] = "In", ["values"] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]) });
            }
        }
    }

    private static JsonObject Limits(JustInTimePool pool)
    {
        var limits = new JsonObject();
        if (pool.CpuLimit is { } cpu)
        {
            limits["cpu"] = Quantity.FromMilli((long)(cpu * 1000)).ToString();
        }

        if (pool.NodeLimit is { } nodes)
        {
            limits["nodes"] = Quantity.FromValue(nodes).ToString();
        }

        return limits;
    }

    private static string Text(TimeSpan span) => FormattableString.Invariant($"{(long)span.TotalSeconds}s");

    private static CustomObject Read(JsonObject obj) => obj.Deserialize(ApiJson.Default.CustomObject)!;
}
