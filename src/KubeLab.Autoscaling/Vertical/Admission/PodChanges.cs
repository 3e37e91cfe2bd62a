using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Vertical.Capping;

namespace KubeLab.Autoscaling.Vertical.Admission;

/// <summary>The resources that a new pod gets, and what is noted about it.</summary>
/// <remarks>Upstream: pkg/admission-controller/resource/pod/recommendation and patch.</remarks>
internal static class PodChanges
{
    private const string Updates = "vpaUpdates";

    /// <summary>The spec with what is recommended in it, and the text of the annotation; null when nothing was changed.</summary>
    public static (PodSpec Spec, string? Note) Of(Vpa vpa, Pod pod, LimitRangeItem? containerBounds, LimitRangeItem? podBounds)
    {
        var recommendation = vpa.Status.Recommendation is null ? null : CappedRecommendation.Of(vpa, pod, containerBounds, podBounds);
        var containers = pod.Spec.Containers;
        var notes = new List<string>();
        for (var i = 0; i < containers.Count; i++)
        {
            var (container, changes) = Change(vpa, containers[i], recommendation, containerBounds);

            // Upstream counts the empty object that it adds to a container without resources, and so notes a change where there is none.
            if (changes.Count > 0 || containers[i].Resources == ResourceRequirements.Empty)
            {
                notes.Add($"container {i}: {string.Join(", ", [.. Remarks(recommendation, container.Name), .. changes])}");
            }

            containers = changes.Count > 0 ? containers.SetItem(i, container) : containers;
        }

        var spec = containers == pod.Spec.Containers ? pod.Spec : pod.Spec with { Containers = containers };
        return (spec, notes.Count == 0 ? null : $"Pod resources updated by {vpa.Key.Name}: {string.Join("; ", notes)}");
    }

    /// <summary>The pod with its new spec and both annotations.</summary>
    public static Pod Apply(Pod pod, PodSpec spec, string? note)
    {
        var annotations = pod.Metadata.Annotations;
        annotations = note is null ? annotations : annotations.With(Updates, note);
        return pod with { Spec = spec, Metadata = pod.Metadata with { Annotations = annotations.With(ObservedContainers.Annotation, ObservedContainers.Text(pod.Spec)) } };
    }

    private static IReadOnlyList<string> Remarks(CappedRecommendation? recommendation, string container) => recommendation?.Remarks.GetValueOrDefault(container) ?? [];

    private static (Container Container, IReadOnlyList<string> Changes) Change(Vpa vpa, Container container, CappedRecommendation? recommendation, LimitRangeItem? bounds)
    {
        if (recommendation?.Find(container.Name) is not { Target.IsEmpty: false } recommended)
        {
            return (container, []);
        }

        var (resources, changes) = (container.Resources, new List<string>());
        var (requests, limits) = (resources.Requests, resources.Limits);
        var newLimits = default(ResourceList);
        if (!Policies.IsRequestsOnly(container.Name, vpa.Spec.ResourcePolicy))
        {
            (newLimits, var remarks) = Proportion.Limits(limits, requests, recommended.Target, bounds?.Default ?? default);
            changes.AddRange(remarks);
        }

        foreach (var (resource, amount) in recommended.Target)
        {
            requests = requests.With(resource, amount);
            changes.Add($"{resource} request");
        }

        foreach (var (resource, amount) in newLimits)
        {
            limits = limits.With(resource, amount);
            changes.Add($"{resource} limit");
        }

        return (container with { Resources = resources with { Requests = requests, Limits = limits } }, changes);
    }
}
