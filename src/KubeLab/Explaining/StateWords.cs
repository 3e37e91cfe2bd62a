using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Observing;

namespace KubeLab.Explaining;

/// <summary>How an object is now, in a few words.</summary>
internal static class StateWords
{
    public static string Of(IApiObject obj) => obj switch
    {
        Pod pod => Of(pod),
        Deployment d => $"{d.Status.AvailableReplicas} of {d.Spec.Replicas ?? 1} available",
        ReplicaSet s => $"{s.Status.ReadyReplicas} of {s.Spec.Replicas ?? 1} ready",
        StatefulSet s => $"{s.Status.ReadyReplicas} of {s.Spec.Replicas ?? 1} ready",
        DaemonSet s => $"{s.Status.NumberReady} of {s.Status.DesiredNumberScheduled} ready",
        PersistentVolumeClaim c => c.Status.Phase ?? "Pending",
        PersistentVolume v => v.Status.Phase ?? "Pending",
        Node n => Views.NodeView.IsReadyNode(n) ? n.Spec.Unschedulable ? "Ready, cordoned" : "Ready" : "NotReady",
        _ => "",
    };

    public static ValueList<Condition> ConditionsOf(IApiObject obj) => obj switch
    {
        Pod pod => pod.Status.Conditions,
        Deployment d => d.Status.Conditions,
        ReplicaSet s => s.Status.Conditions,
        StatefulSet s => s.Status.Conditions,
        DaemonSet s => s.Status.Conditions,
        Job j => j.Status.Conditions,
        Node n => n.Status.Conditions,
        PersistentVolumeClaim c => c.Status.Conditions,
        Namespace n => n.Status?.Conditions ?? default,
        _ => default,
    };

    /// <summary>Steps that events tell better.</summary>
    public static bool IsTrivial(Condition condition) =>
        condition.Type is "Initialized" or "ContainersReady" or "PodReadyToStartContainers" or "NetworkUnavailable"
        || (condition is { Type: "PodScheduled", Status: "True" })
        || (condition.Type.EndsWith("Pressure", StringComparison.Ordinal) && condition.Status == "False");

    public static bool IsBad(Condition condition) => condition.Type switch
    {
        "ReplicaFailure" or "Failed" or "DisruptionTarget" or "MemoryPressure" or "DiskPressure" or "PIDPressure" => condition.Status == "True",
        "Ready" or "Available" or "Progressing" or "PodScheduled" => condition.Status is "False" or "Unknown",
        _ => false,
    };

    private static string Of(Pod pod)
    {
        var node = string.IsNullOrEmpty(pod.Spec.NodeName) ? "" : $" on {pod.Spec.NodeName}";
        var restarts = pod.Status.ContainerStatuses.Sum(c => c.RestartCount);
        var word = pod.Spec.NodeName is null && !pod.Spec.SchedulingGates.IsEmpty ? "SchedulingGated" : PodPhases.Of(pod);
        return $"{word}{node}{(restarts == 0 ? "" : $", {restarts} restart{(restarts == 1 ? "" : "s")}")}";
    }
}
