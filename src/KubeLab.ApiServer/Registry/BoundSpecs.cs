using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Registry;

/// <summary>Gives pods of one template that are bound to the same node one spec to share; the node's name is all that binding adds.</summary>
internal sealed class BoundSpecs
{
    /// <summary>How many templates are remembered; the one that came first gives way.</summary>
    private const int TemplatesMax = 64;

    private readonly Dictionary<PodSpec, Dictionary<string, PodSpec>> byTemplate = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<PodSpec> order = new();

    /// <summary><paramref name="spec"/> with the node's name.</summary>
    public PodSpec Bind(PodSpec spec, string node)
    {
        if (!byTemplate.TryGetValue(spec, out var byNode))
        {
            byTemplate.Add(spec, byNode = new(StringComparer.Ordinal));
            order.Enqueue(spec);
            if (order.Count > TemplatesMax)
            {
                byTemplate.Remove(order.Dequeue());
            }
        }

        if (!byNode.TryGetValue(node, out var bound))
        {
            byNode.Add(node, bound = spec with { NodeName = node });
        }

        return bound;
    }
}
