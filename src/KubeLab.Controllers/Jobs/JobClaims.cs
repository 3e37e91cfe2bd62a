using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Controllers.Owning;

namespace KubeLab.Controllers.Jobs;

/// <summary>Finds a job's pods; adopts those that match its selector and nobody owns, releases those that no longer match.</summary>
internal sealed class JobClaims(IKubernetesApi api, InformerIndex<Pod> podsByOwner, InformerIndex<Pod> orphans)
{
    private readonly HashSet<ObjectKey> due = [];

    /// <summary>Makes the next look go through all pods; needed only when labels, selectors or owners change.</summary>
    public void Review(ObjectKey key) => due.Add(key);

    /// <summary>The job is gone.</summary>
    public void Forget(ObjectKey key) => due.Remove(key);

    /// <summary>The pods of <paramref name="job"/>, adopted ones included.</summary>
    /// <exception cref="ApiException">One could not be adopted or released; the next look tries again.</exception>
    public IReadOnlyList<Pod> PodsOf(Job job)
    {
        var key = ObjectKey.Of(job);
        var owned = podsByOwner[job.Metadata.Uid ?? ""];
        if (!due.Contains(key))
        {
            return [.. owned];
        }

        var ours = Claimed(job, [.. owned, .. orphans[job.Metadata.Namespace ?? ""]]);
        due.Remove(key);
        return ours;
    }

    private List<Pod> Claimed(Job job, IReadOnlyList<Pod> candidates)
    {
        var selector = Claiming.SelectorOf(job.Spec.Selector);
        var ours = new List<Pod>();
        foreach (var pod in candidates)
        {
            switch (Claiming.Decide(job.Metadata, selector, pod.Metadata))
            {
                case Claim.Keep:
                    ours.Add(pod);
                    break;
                case Claim.Adopt when IsStillThere(job):
                    ours.Add(api.Update(pod.WithMetadata(Adopted(job, pod))));
                    break;
                case Claim.Release:
                    api.Update(pod.WithMetadata(Released(job, pod)));
                    break;
                default:
                    break;
            }
        }

        return ours;
    }

    // The cache may not know yet that the job goes; a pod adopted then would be nobody's.
    private bool IsStillThere(Job job) =>
        api.Find<Job>(job.Metadata.Namespace ?? "", job.Metadata.Name ?? "") is { } fresh
        && fresh.Metadata.Uid == job.Metadata.Uid && fresh.Metadata.DeletionTimestamp is null;

    private static Api.Meta.ObjectMeta Adopted(Job job, Pod pod)
    {
        var metadata = Claiming.Adopted(pod.Metadata, Ownership.ReferenceTo(job));
        return JobCensus.HasFinalizer(pod) ? metadata : metadata with { Finalizers = metadata.Finalizers.Add(JobNames.Finalizer) };
    }

    private static Api.Meta.ObjectMeta Released(Job job, Pod pod) => Claiming.Released(pod.Metadata, job.Metadata.Uid) with
    {
        Finalizers = pod.Metadata.Finalizers.Where(static f => f != JobNames.Finalizer),
    };
}
