using KubeLab.Api;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>What a pod asks of its node as a whole.</summary>
/// <remarks>Containers and sidecars run side by side; init containers run one after the other, so only the largest counts.</remarks>
internal static class PodResources
{
    /// <param name="pod">The pod.</param>
    /// <param name="which"><c>requests</c> or <c>limits</c>.</param>
    public static Dictionary<string, Quantity> Of(Json pod, string which)
    {
        var total = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var container in pod["spec"]["containers"].Items)
        {
            Add(total, container["resources"][which]);
        }

        var sidecars = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        var peak = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var container in pod["spec"]["initContainers"].Items)
        {
            var asked = container["resources"][which];
            if (container["restartPolicy"].Text == "Always")
            {
                Add(total, asked);
                Add(sidecars, asked);
                Raise(peak, sidecars);
            }
            else
            {
                var now = new Dictionary<string, Quantity>(sidecars, StringComparer.Ordinal);
                Add(now, asked);
                Raise(peak, now);
            }
        }

        Raise(total, peak);
        foreach (var (name, quantity) in Read(pod["spec"]["overhead"]).Where(entry => which == "requests" || total.ContainsKey(entry.Name)))
        {
            total[name] = total.TryGetValue(name, out var before) ? before + quantity : quantity;
        }

        return total;
    }

    private static void Add(Dictionary<string, Quantity> total, Json resources)
    {
        foreach (var (name, quantity) in Read(resources))
        {
            total[name] = total.TryGetValue(name, out var before) ? before + quantity : quantity;
        }
    }

    private static void Raise(Dictionary<string, Quantity> total, Dictionary<string, Quantity> other)
    {
        foreach (var (name, quantity) in other)
        {
            total[name] = total.TryGetValue(name, out var before) ? Quantity.Max(before, quantity) : quantity;
        }
    }

    private static IEnumerable<(string Name, Quantity Quantity)> Read(Json resources)
    {
        foreach (var (name, value) in resources.Fields)
        {
            if (Quantity.TryParse(value.Text, out var quantity))
            {
                yield return (name, quantity);
            }
        }
    }
}
