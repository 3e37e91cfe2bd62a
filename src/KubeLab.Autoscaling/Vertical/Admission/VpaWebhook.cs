using System.Runtime.CompilerServices;
using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.Vertical.Targets;

namespace KubeLab.Autoscaling.Vertical.Admission;

/// <summary>Gives new pods what is recommended for them, and refuses autoscalers that make no sense.</summary>
/// <remarks>Upstream: pkg/admission-controller.</remarks>
internal sealed class VpaWebhook(VpaCaches caches) : IMutatingWebhook
{
    // Pods of one template go on sharing one spec for as long as the same is recommended.
    private readonly ConditionalWeakTable<PodSpec, Made> made = [];

    /// <inheritdoc/>
    public string Name => "vpa.k8s.io";

    /// <inheritdoc/>
    public bool Handles(ApiResource resource, bool isCreate) =>
        isCreate ? resource.QualifiedName is "pods" or "verticalpodautoscalers.autoscaling.k8s.io" : resource.QualifiedName is "verticalpodautoscalers.autoscaling.k8s.io";

    /// <inheritdoc/>
    public IApiObject Review(IApiObject obj, IApiObject? old) => obj switch
    {
        Pod pod => Review(pod),
        CustomObject vpa => Review(vpa, isCreate: old is null),
        _ => obj,
    };

    private static CustomObject Review(CustomObject obj, bool isCreate)
    {
        Vpa vpa;
        try
        {
            vpa = Vpa.Read(obj);
        }
        catch (JsonException)
        {
            // The schema, which is asked next, says what is wrong and where.
            return obj;
        }

        if (VpaValidation.Problem(vpa.Spec, isCreate) is { } problem)
        {
            throw new WebhookDenialException(problem);
        }

        return vpa.Spec.UpdatePolicy is not null || obj.Overflow?["spec"] is null ? obj : obj.WithField(
            "spec",
            JsonSerializer.SerializeToElement(vpa.Spec with { UpdatePolicy = new PodUpdatePolicy { UpdateMode = UpdateModes.Recreate } }, ApiJson.Default.VerticalPodAutoscalerSpec));
    }

    private Pod Review(Pod pod)
    {
        if (Matching(pod) is not { } vpa)
        {
            return pod;
        }

        var ns = pod.Metadata.Namespace ?? "";
        var (containerBounds, podBounds) = (caches.Limits.OfContainers(ns), caches.Limits.OfPods(ns));
        if (!made.TryGetValue(pod.Spec, out var known) || !ReferenceEquals(known.Vpa, vpa) || known.ContainerBounds != containerBounds || known.PodBounds != podBounds)
        {
            var (spec, note) = PodChanges.Of(vpa, pod, containerBounds, podBounds);
            made.AddOrUpdate(pod.Spec, known = new Made(vpa, containerBounds, podBounds, spec, note));
        }

        return PodChanges.Apply(pod, known.Spec, known.Note);
    }

    private Vpa? Matching(Pod pod)
    {
        var candidates = new List<(Vpa, Selector)>();
        foreach (var vpa in caches.Autoscalers.All)
        {
            if (vpa.UpdateMode != UpdateModes.Off && vpa.Key.Namespace == pod.Metadata.Namespace && caches.Targets.SelectorOf(vpa).Selector is { } selector)
            {
                candidates.Add((vpa, selector));
            }
        }

        return candidates.Count == 0 ? null : ControllingVpa.Of(pod, candidates, caches.Targets);
    }

    private sealed record Made(Vpa Vpa, LimitRangeItem? ContainerBounds, LimitRangeItem? PodBounds, PodSpec Spec, string? Note);
}
