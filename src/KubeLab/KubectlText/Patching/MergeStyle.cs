using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Batch;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Patching;
using KubeLab.Api.Policy;
using KubeLab.Api.Scheduling;
using KubeLab.Api.Storage;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Patching;

/// <summary>How changes to objects of a resource are sent: strategic merge patches for kinds that kubectl knows, JSON merge patches for others.</summary>
internal readonly record struct MergeStyle(Type? Record)
{
    private static readonly Dictionary<string, Type> Records = new(StringComparer.Ordinal)
    {
        ["pods"] = typeof(Pod),
        ["services"] = typeof(Service),
        ["nodes"] = typeof(Node),
        ["namespaces"] = typeof(Namespace),
        ["configmaps"] = typeof(ConfigMap),
        ["secrets"] = typeof(Secret),
        ["serviceaccounts"] = typeof(ServiceAccount),
        ["persistentvolumeclaims"] = typeof(PersistentVolumeClaim),
        ["resourcequotas"] = typeof(ResourceQuota),
        ["limitranges"] = typeof(LimitRange),
        ["persistentvolumes"] = typeof(PersistentVolume),
        ["poddisruptionbudgets.policy"] = typeof(PodDisruptionBudget),
        ["horizontalpodautoscalers.autoscaling"] = typeof(HorizontalPodAutoscaler),
        ["storageclasses.storage.k8s.io"] = typeof(StorageClass),
        ["priorityclasses.scheduling.k8s.io"] = typeof(PriorityClass),
        ["events"] = typeof(Event),
        ["deployments.apps"] = typeof(Deployment),
        ["replicasets.apps"] = typeof(ReplicaSet),
        ["statefulsets.apps"] = typeof(StatefulSet),
        ["daemonsets.apps"] = typeof(DaemonSet),
        ["controllerrevisions.apps"] = typeof(ControllerRevision),
        ["jobs.batch"] = typeof(Job),
        ["cronjobs.batch"] = typeof(CronJob),
        ["leases.coordination.k8s.io"] = typeof(Lease),
    };

    /// <summary>The media type of such patches.</summary>
    public string ContentType => Record is null ? MediaTypes.MergePatch : MediaTypes.StrategicMergePatch;

    /// <summary>The style for a resource.</summary>
    public static MergeStyle Of(ApiResource resource) => new(Records.GetValueOrDefault(resource.QualifiedName));

    /// <summary>The patch that turns one object into another; empty when they are equal.</summary>
    public JsonNode Between(JsonNode original, JsonNode modified) =>
        (Record is null ? JsonMergePatch.Create(original, modified) : StrategicMergePatch.Create(original, modified, Record)) ?? new JsonObject();

    /// <summary>The patch that <c>apply</c> sends: what differs from the live object, and what the last applied configuration had and this has not.</summary>
    public JsonNode ThreeWay(JsonNode? original, JsonNode modified, JsonNode current) =>
        (Record is null ? JsonMergePatch.Create(original, modified, current) : StrategicMergePatch.Create(original, modified, current, Record)) ?? new JsonObject();
}
