using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Pods;
using KubeLab.Controllers.ReplicaSets;

namespace KubeLab.Controllers.Jobs;

/// <summary>Makes and removes a job's pods, and says so in events.</summary>
internal sealed class JobPodWriter(IKubernetesApi api, EventRecorder events, Expectations expectations)
{
    private readonly Dictionary<ObjectKey, JobPodTemplate> templates = [];

    /// <summary>Makes the pods of <paramref name="plan"/>, few at first; returns how many came to be.</summary>
    public int Create(Job job, JobPlan plan, IReadOnlyDictionary<int, Pod> replaced, out ApiException? failure)
    {
        var key = ObjectKey.Of(job);
        if (!templates.TryGetValue(key, out var template) || !template.Serves(job))
        {
            templates[key] = template = new JobPodTemplate(job);
        }

        expectations.ExpectCreations(key, plan.Create);
        var next = 0;
        var isNamespaceGoing = false;
        var made = SlowStart.Run(plan.Create, CreateNext, out var first);
        for (var i = made; i < plan.Create; i++)
        {
            expectations.SeeCreation(key);
        }

        failure = isNamespaceGoing ? null : (ApiException?)first;
        return made;

        ApiException? CreateNext()
        {
            var pod = plan.Indexes.Count == 0 ? template.Next() : template.Next(plan.Indexes[next], replaced.GetValueOrDefault(plan.Indexes[next]));
            next++;
            try
            {
                events.Normal(job, "SuccessfulCreate", $"Created pod: {api.Create(pod).Metadata.Name}");
                return null;
            }
            catch (ApiException refusal)
            {
                // A namespace that goes takes no new pods; that is no failure, the job goes with it.
                isNamespaceGoing |= refusal.Status.Details?.Causes.Exists(static c => c.Reason == "NamespaceTerminating") == true;
                events.Warning(job, "FailedCreate", $"Error creating: {refusal.Message}");
                return refusal;
            }
        }
    }

    /// <summary>Removes pods that are too many; taken out of the count first, they are no failures.</summary>
    /// <returns>How many went, and how many of those were ready.</returns>
    public (int Deleted, int Ready) RemoveUncounted(Job job, IReadOnlyList<Pod> pods, out ApiException? failure)
    {
        var key = ObjectKey.Of(job);
        expectations.ExpectDeletions(key, pods.Select(p => p.Metadata.Uid ?? ""));
        return Each(job, pods, pod => Strip(pod) && Delete(pod), pod => expectations.SeeDeletion(key, pod.Metadata.Uid ?? ""), out failure);
    }

    /// <summary>Removes pods of a job that ends; their finalizers stay until they are counted.</summary>
    /// <returns>How many went, and how many of those were ready.</returns>
    public (int Deleted, int Ready) Remove(Job job, IReadOnlyList<Pod> pods, out ApiException? failure) =>
        Each(job, pods, Delete, static _ => { }, out failure);

    /// <summary>Takes the finalizer away; false when the pod is gone.</summary>
    /// <exception cref="ApiException">The server refused.</exception>
    public bool Strip(Pod pod)
    {
        // The newest version is written, as a patch would: whatever else changed meanwhile stays.
        if (api.Find<Pod>(pod.Metadata.Namespace ?? "", pod.Metadata.Name ?? "") is not { } current || current.Metadata.Uid != pod.Metadata.Uid)
        {
            return false;
        }

        if (JobCensus.HasFinalizer(current))
        {
            var finalizers = current.Metadata.Finalizers.Where(static f => f != JobNames.Finalizer);
            api.Update(current.WithMetadata(current.Metadata with { Finalizers = finalizers }));
        }

        return true;
    }

    /// <summary>The job is gone.</summary>
    public void Forget(ObjectKey key) => templates.Remove(key);

    private bool Delete(Pod pod)
    {
        api.Delete<Pod>(pod.Metadata.Namespace ?? "", pod.Metadata.Name ?? "", new DeleteOptions { Uid = pod.Metadata.Uid });
        return true;
    }

    private (int Deleted, int Ready) Each(Job job, IReadOnlyList<Pod> pods, Func<Pod, bool> remove, Action<Pod> notExpected, out ApiException? failure)
    {
        failure = null;
        var (deleted, ready) = (0, 0);
        foreach (var pod in pods)
        {
            try
            {
                if (remove(pod))
                {
                    events.Normal(job, "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}");
                }
                else
                {
                    notExpected(pod);
                }
            }
            catch (ApiException refusal)
            {
                notExpected(pod);
                if (!refusal.IsNotFound)
                {
                    events.Warning(job, "FailedDelete", $"Error deleting: {refusal.Message}");
                    failure ??= refusal;
                    continue;
                }
            }

            deleted++;
            ready += PodState.IsReady(pod) ? 1 : 0;
        }

        return (deleted, ready);
    }
}
