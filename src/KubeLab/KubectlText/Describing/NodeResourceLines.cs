using System.Globalization;
using KubeLab.Api;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>What the pods of a node ask for, one by one and together, in parts of what the node can give.</summary>
internal static class NodeResourceLines
{
    public static void Write(Description text, Json node, List<Json> pods)
    {
        var allocatable = node["status"][node["status"]["allocatable"].Count > 0 ? "allocatable" : "capacity"];
        text.Field("Non-terminated Pods", string.Create(CultureInfo.InvariantCulture, $"({pods.Count} in total)"));
        text.Line(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge");
        text.Line(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---");
        var (requests, limits) = (new Dictionary<string, Quantity>(StringComparer.Ordinal), new Dictionary<string, Quantity>(StringComparer.Ordinal));
        foreach (var pod in pods)
        {
            var (asked, bound) = (PodResources.Of(pod, "requests"), PodResources.Of(pod, "limits"));
            Add(requests, asked);
            Add(limits, bound);
            text.Line(1, $"{pod["metadata"]["namespace"].Text}\t{pod["metadata"]["name"].Text}\t\t{Part("cpu", asked, allocatable)}\t{Part("cpu", bound, allocatable)}\t"
                + $"{Part("memory", asked, allocatable)}\t{Part("memory", bound, allocatable)}\t{text.Since(pod["metadata"]["creationTimestamp"])}");
        }

        text.Line(0, "Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)");
        text.Line(1, "Resource\tRequests\tLimits").Line(1, "--------\t--------\t------");
        var names = allocatable.Fields.Select(field => field.Key).ToList();
        foreach (var name in names.Where(n => n.StartsWith("hugepages-", StringComparison.Ordinal)).Prepend("ephemeral-storage").Prepend("memory").Prepend("cpu"))
        {
            text.Line(1, $"{name}\t{Part(name, requests, allocatable)}\t{Part(name, limits, allocatable)}");
        }

        foreach (var name in names.Where(IsExtended))
        {
            text.Line(1, $"{name}\t{requests.GetValueOrDefault(name)}\t{limits.GetValueOrDefault(name)}");
        }
    }

    /// <summary>A quantity and which part of the node it is: <c>250m (6%)</c>.</summary>
    private static string Part(string name, Dictionary<string, Quantity> asked, Json allocatable)
    {
        var quantity = asked.GetValueOrDefault(name);
        var whole = Quantity.TryParse(allocatable[name].Or("0"), out var given) ? given : Quantity.Zero;
        var (part, all) = name == "cpu" ? (quantity.MilliValue, whole.MilliValue) : (quantity.Value, whole.Value);
        return string.Create(CultureInfo.InvariantCulture, $"{quantity} ({(all == 0 ? 0 : (long)((double)part / all * 100))}%)");
    }

    private static bool IsExtended(string name) =>
        name is not ("cpu" or "memory" or "ephemeral-storage" or "pods" or "storage") && !name.StartsWith("hugepages-", StringComparison.Ordinal);

    private static void Add(Dictionary<string, Quantity> total, Dictionary<string, Quantity> more)
    {
        foreach (var (name, quantity) in more)
        {
            total[name] = total.TryGetValue(name, out var before) ? before + quantity : quantity;
        }
    }
}
