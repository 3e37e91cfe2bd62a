using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Simulation;

namespace KubeLab.Controllers.FinishedJobs;

/// <summary>Removes finished jobs, with all that is theirs, when their time is over.</summary>
/// <remarks>Upstream: pkg/controller/ttlafterfinished.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/">Automatic cleanup for finished jobs</seealso>
public sealed class FinishedJobReconciler(IKubernetesApi api, VirtualClock clock, Informer<Job> jobs) : IReconciler
{
    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (jobs[key] is not { } cached || JobExpiry.Of(cached) is not { } expected)
        {
            return ReconcileResult.Done;
        }

        if (expected > clock.Now)
        {
            return ReconcileResult.After(expected - clock.Now);
        }

        // The time may have been lengthened a moment ago, so the newest version decides.
        if (api.Find(Job.Resource, key) is not Job job || JobExpiry.Of(job) is not { } at)
        {
            return ReconcileResult.Done;
        }

        if (at > clock.Now)
        {
            return ReconcileResult.After(at - clock.Now);
        }

        api.Delete(Job.Resource, key, new DeleteOptions { PropagationPolicy = "Foreground", Uid = job.Metadata.Uid });
        return ReconcileResult.Done;
    }
}
