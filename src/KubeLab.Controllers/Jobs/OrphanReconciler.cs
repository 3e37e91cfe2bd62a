using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Controllers.Owning;

namespace KubeLab.Controllers.Jobs;

/// <summary>Takes the finalizer from pods whose job is gone or has ended: nobody will count them.</summary>
/// <remarks>Upstream: syncOrphanPod in pkg/controller/job/job_controller.go.</remarks>
internal sealed class OrphanReconciler(IKubernetesApi api, Informer<Pod> pods, Func<Pod, Job?> ownerOf) : IReconciler
{
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (pods[key] is { } pod && JobCensus.HasFinalizer(pod) && IsOrphan(pod)
            && api.Find(Pod.Resource, key) is Pod current && current.Metadata.Uid == pod.Metadata.Uid && JobCensus.HasFinalizer(current))
        {
            var finalizers = current.Metadata.Finalizers.Where(static f => f != JobNames.Finalizer);
            api.Update(current.WithMetadata(current.Metadata with { Finalizers = finalizers }));
        }

        return ReconcileResult.Done;
    }

    private bool IsOrphan(Pod pod) => Ownership.ControllerOf(pod.Metadata) switch
    {
        null => true,
        { Kind: "Job", ApiVersion: "batch/v1" } => ownerOf(pod) is not { } job || (!JobTraits.IsManagedElsewhere(job) && JobTraits.IsFinished(job)),
        _ => false,
    };
}
