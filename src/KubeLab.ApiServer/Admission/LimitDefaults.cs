using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Admission;

/// <summary>The requests and limits that limit ranges give to containers which set none.</summary>
internal static class LimitDefaults
{
    /// <summary>The spec with defaults filled in; the same instance when nothing is missing.</summary>
    public static PodSpec Fill(PodSpec spec, IReadOnlyList<LimitRange> ranges)
    {
        foreach (var range in ranges)
        {
            var (requests, limits) = DefaultsOf(range);
            var (containers, init) = (Fill(spec.Containers, requests, limits), Fill(spec.InitContainers, requests, limits));
            spec = containers == spec.Containers && init == spec.InitContainers ? spec : spec with { Containers = containers, InitContainers = init };
        }

        return spec;
    }

    /// <summary>What was filled in, in upstream's words; of several limit ranges the last that fills something in has the word.</summary>
    public static string Describe(PodSpec spec, IReadOnlyList<LimitRange> ranges)
    {
        var text = "";
        foreach (var range in ranges)
        {
            var (requests, limits) = DefaultsOf(range);
            var lines = new List<string>();
            Describe(spec.Containers, "container", requests, limits, lines);
            Describe(spec.InitContainers, "init container", requests, limits, lines);
            text = lines.Count == 0 ? text : $"LimitRanger plugin set: {string.Join("; ", lines)}";
            spec = Fill(spec, [range]);
        }

        return text;
    }

    private static (ResourceList Requests, ResourceList Limits) DefaultsOf(LimitRange range)
    {
        var (requests, limits) = (default(ResourceList), default(ResourceList));
        foreach (var item in range.Spec.Limits)
        {
            if (item.Type == "Container")
            {
                requests = Over(requests, item.DefaultRequest);
                limits = Over(limits, item.Default);
            }
        }

        return (requests, limits);
    }

    private static ValueList<Container> Fill(ValueList<Container> containers, ResourceList requests, ResourceList limits)
    {
        for (var i = 0; i < containers.Count; i++)
        {
            var resources = containers[i].Resources;
            var (newRequests, newLimits) = (Over(requests, resources.Requests), Over(limits, resources.Limits));
            if (newRequests.Count != resources.Requests.Count || newLimits.Count != resources.Limits.Count)
            {
                containers = containers.SetItem(i, containers[i] with { Resources = resources with { Requests = newRequests, Limits = newLimits } });
            }
        }

        return containers;
    }

    private static void Describe(ValueList<Container> containers, string kind, ResourceList requests, ResourceList limits, List<string> lines)
    {
        foreach (var container in containers)
        {
            Describe(requests, container.Resources.Requests, $"request for {kind} {container.Name}", lines);
            Describe(limits, container.Resources.Limits, $"limit for {kind} {container.Name}", lines);
        }
    }

    private static void Describe(ResourceList defaults, ResourceList own, string what, List<string> lines)
    {
        var names = defaults.Where(d => !own.ContainsKey(d.Key)).Select(d => d.Key).ToList();
        if (names.Count > 0)
        {
            lines.Add($"{string.Join(", ", names)} {what}");
        }
    }

    private static ResourceList Over(ResourceList low, ResourceList high)
    {
        foreach (var (name, amount) in high)
        {
            low = low.With(name, amount);
        }

        return low;
    }
}
