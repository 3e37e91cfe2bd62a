using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.Vertical.Capping;
using KubeLab.Autoscaling.Vertical.Targets;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.Vertical.Updating;

/// <summary>Evicts every minute pods whose requests are off, so that their controllers make new ones, which admission gives better requests.</summary>
/// <remarks>Upstream: pkg/updater/logic/updater.go.</remarks>
internal sealed class Updater(
    IKubernetesApi api, VirtualClock clock, EventRecorder events, VpaCaches caches, Func<bool> admissionWorks, VerticalPodAutoscalerOptions options)
{
    private Repeating? loop;

    /// <summary>Begins; does nothing when it has begun.</summary>
    public void Start() => loop ??= clock.Every(options.UpdaterInterval, Look);

    /// <summary>Ends.</summary>
    public void Stop()
    {
        loop?.Cancel();
        loop = null;
        events.Stop();
    }

    private void Look()
    {
        // Without admission the new pods would be as the old ones were.
        if (!caches.HaveSynced || !admissionWorks())
        {
            return;
        }

        var acting = new List<(Vpa Vpa, Selector Selector)>();
        foreach (var vpa in caches.Autoscalers.All)
        {
            if (vpa.UpdateMode is UpdateModes.Recreate or UpdateModes.Auto or UpdateModes.InPlaceOrRecreate && caches.Targets.SelectorOf(vpa).Selector is { } selector)
            {
                acting.Add((vpa, selector));
            }
        }

        if (acting.Count == 0)
        {
            return;
        }

        foreach (var (vpa, pods) in ControlledPods(acting))
        {
            Evict(vpa, pods);
        }
    }

    private SortedDictionary<ObjectKey, (Vpa Vpa, List<Pod> Pods)>.ValueCollection ControlledPods(List<(Vpa Vpa, Selector Selector)> acting)
    {
        var controlled = new SortedDictionary<ObjectKey, (Vpa Vpa, List<Pod> Pods)>();
        foreach (var pod in caches.Pods.Objects)
        {
            if (pod.Metadata.DeletionTimestamp is null && ControllingVpa.Of(pod, acting, caches.Targets) is { } vpa)
            {
                if (!controlled.TryGetValue(vpa.Key, out var found))
                {
                    controlled.Add(vpa.Key, found = (vpa, []));
                }

                found.Pods.Add(pod);
            }
        }

        return controlled.Values;
    }

    private void Evict(Vpa vpa, List<Pod> pods)
    {
        pods.Sort((a, b) => string.CompareOrdinal(a.Metadata.Name, b.Metadata.Name));
        var ns = vpa.Key.Namespace;
        var (containerBounds, podBounds) = (caches.Limits.OfContainers(ns), caches.Limits.OfPods(ns));
        var restriction = new EvictionRestriction(pods, vpa, caches.Targets.ReplicasOf, options);
        var order = new UpdateOrder(vpa, options, pod => CappedRecommendation.Of(vpa, pod, containerBounds, podBounds));
        foreach (var pod in pods.Where(restriction.CanEvict))
        {
            order.Add(pod, clock.Now);
        }

        foreach (var pod in order.Sorted())
        {
            if (restriction.CanEvict(pod) && TryEvict(pod))
            {
                events.Normal(pod, "EvictedByVPA", "Pod was evicted by VPA Updater to apply resource recommendation.");
                events.Normal(vpa.Object, "EvictedPod", $"VPA Updater evicted Pod {pod.Metadata.Name} to apply resource recommendation.");
                restriction.Count(pod);
            }
        }
    }

    private bool TryEvict(Pod pod)
    {
        try
        {
            api.Act(Pod.Resource, ObjectKey.Of(pod), "eviction", new Eviction { Metadata = new() { Namespace = pod.Metadata.Namespace, Name = pod.Metadata.Name } });
            return true;
        }
        catch (ApiException)
        {
            // A budget refuses, or the pod is gone; the next look is in a minute.
            return false;
        }
    }
}
