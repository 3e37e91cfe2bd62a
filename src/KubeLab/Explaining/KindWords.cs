using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Scheduling;
using KubeLab.Api.Storage;

namespace KubeLab.Explaining;

/// <summary>The kinds whose stories can be told, by the words that kubectl takes for them.</summary>
internal static class KindWords
{
    /// <summary>Kinds that objects make: looked through for what an object made.</summary>
    public static IReadOnlyList<ApiResource> Made { get; } = [ReplicaSet.Resource, Job.Resource, Pod.Resource, PersistentVolumeClaim.Resource];

    private static readonly ApiResource[] All =
    [
        Pod.Resource, Deployment.Resource, ReplicaSet.Resource, StatefulSet.Resource, DaemonSet.Resource, Job.Resource, CronJob.Resource, Service.Resource, Node.Resource,
        PersistentVolumeClaim.Resource, PersistentVolume.Resource, Namespace.Resource, ConfigMap.Resource, Secret.Resource, ServiceAccount.Resource, ResourceQuota.Resource,
        LimitRange.Resource, HorizontalPodAutoscaler.Resource, PodDisruptionBudget.Resource, StorageClass.Resource, PriorityClass.Resource,
    ];

    /// <summary>Reads <c>kind/name</c>.</summary>
    /// <exception cref="ArgumentException">The words are not of this form, or the kind is unknown; the message says what is known.</exception>
    public static (ApiResource Resource, string Name) Read(string what)
    {
        var slash = what.IndexOf('/');
        if (slash <= 0 || slash == what.Length - 1)
        {
            throw new ArgumentException($"\"{what}\" names no object: write kind/name, for example deployment/web", nameof(what));
        }

        var (word, name) = (what[..slash], what[(slash + 1)..]);
        var resource = Array.Find(All, r => r.Plural == word || r.Singular == word || r.QualifiedName == word || r.ShortNames.Exists(s => s == word));
        return resource is null
            ? throw new ArgumentException($"no story can be told of kind \"{word}\"; known are {string.Join(", ", All.Select(r => r.Singular))}", nameof(what))
            : (resource, name);
    }

    /// <summary>The kind of an owner, or null when it is none of those known.</summary>
    public static ApiResource? Of(string kind) => Array.Find(All, r => r.Kind == kind);
}
