using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Controllers.Pods;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Disruptions;

/// <summary>Takes back the word that a pod is about to be disrupted when nothing came of it within two minutes.</summary>
/// <remarks>Upstream: syncStalePodDisruption in pkg/controller/disruption/disruption.go.</remarks>
internal sealed class StaleDisruptionReconciler(IKubernetesApi api, VirtualClock clock, Informer<Pod> pods) : IReconciler
{
    /// <summary>Whether <paramref name="pod"/> says that it is about to go and does not.</summary>
    public static bool IsAnnounced(Pod pod) =>
        PodState.IsActive(pod) && Conditions.Find(pod.Status.Conditions, "DisruptionTarget") is { Status: "True" };

    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (pods[key] is not { } pod || !IsAnnounced(pod))
        {
            return ReconcileResult.Done;
        }

        var condition = Conditions.Find(pod.Status.Conditions, "DisruptionTarget")!;
        var end = (condition.LastTransitionTime?.Instant ?? clock.Now) + BudgetMath.DisruptionTimeout;
        if (end > clock.Now)
        {
            return ReconcileResult.After(end - clock.Now);
        }

        var taken = condition with { Status = "False", Reason = null, Message = null, LastTransitionTime = clock.Now };
        api.UpdateStatus(pod with { Status = pod.Status with { Conditions = Conditions.Put(pod.Status.Conditions, taken) } });
        return ReconcileResult.Done;
    }
}
