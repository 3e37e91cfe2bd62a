using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Controllers.History;
using KubeLab.Controllers.Owning;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.StatefulSets;

/// <summary>What a stateful set asks about a pod, and how it makes one.</summary>
/// <remarks>Upstream: pkg/controller/statefulset/stateful_set_utils.go.</remarks>
public static class StatefulPod
{
    /// <summary>Whether the server has it; false for one that is only planned.</summary>
    public static bool IsCreated(Pod pod) => pod.Metadata.Uid is not null;

    /// <summary>Whether it is on its way out.</summary>
    public static bool IsTerminating(Pod pod) => pod.Metadata.DeletionTimestamp is not null;

    /// <summary>Whether it runs and serves.</summary>
    public static bool IsRunningAndReady(Pod pod) => pod.Status.Phase == "Running" && PodState.IsReady(pod);

    /// <summary>Whether it runs and has served for long enough.</summary>
    public static bool IsRunningAndAvailable(Pod pod, int minReadySeconds, DateTimeOffset now) =>
        IsRunningAndReady(pod) && PodState.AvailableAt(pod, minReadySeconds) <= now;

    /// <summary>Whether it cannot be counted on: it is not there, not ready for long enough, or going.</summary>
    public static bool IsUnavailable(Pod pod, int minReadySeconds, DateTimeOffset now) =>
        IsTerminating(pod) || !IsRunningAndAvailable(pod, minReadySeconds, now);

    /// <summary>The name of the revision that it was made of.</summary>
    public static string RevisionOf(Pod pod) => pod.Metadata.Labels[RevisionHash.PodLabel] ?? "";

    /// <summary>A pod with number <paramref name="ordinal"/>, not yet stored.</summary>
    public static Pod New(StatefulSet set, PodTemplateSpec template, string revision, int ordinal)
    {
        var name = Identity.NameOf(set, ordinal);
        var pod = new Pod
        {
            Metadata = new ObjectMeta
            {
                Name = name,
                GenerateName = $"{set.Metadata.Name}-",
                Namespace = set.Metadata.Namespace,
                Labels = template.Metadata.Labels.With(RevisionHash.PodLabel, revision),
                Annotations = template.Metadata.Annotations,
                Finalizers = template.Metadata.Finalizers,
                OwnerReferences = [Ownership.ReferenceTo(set)],
            },
            Spec = template.Spec with { Hostname = name, Subdomain = set.Spec.ServiceName is { Length: > 0 } service ? service : null },
        };
        return Storage.Mounted(set, Identity.Labelled(pod));
    }
}
