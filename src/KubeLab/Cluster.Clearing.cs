using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab;

/// <content>Clearing up after a lesson.</content>
public abstract partial class Cluster
{
    private static readonly TimeSpan ClearingLimit = TimeSpan.FromMinutes(5);

    /// <summary>Deletes the workloads, pods, services, config maps, claims, autoscalers and budgets of a namespace, so that a lesson can begin again.</summary>
    /// <param name="ns">The namespace; the cluster's usual one when null. Those of the system are refused.</param>
    /// <param name="confirm">On a cluster that the lab did not make: the name of its context (or set <c>KUBELAB_CONFIRM</c>).</param>
    /// <returns>What was deleted, for example <c>deployment.apps/web</c>; what belongs to something else goes with it and is not named.</returns>
    /// <exception cref="InvalidOperationException">The cluster is real, and its context was not named.</exception>
    /// <exception cref="ArgumentException">The namespace is the system's.</exception>
    public IReadOnlyList<string> Clear(string? ns = null, string? confirm = null)
    {
        var space = ns ?? Namespace;
        if (space.StartsWith("kube-", StringComparison.Ordinal))
        {
            throw new ArgumentException($"namespace {space} is the system's, and nothing of a lesson's is in it", nameof(ns));
        }

        Confirm($"deleting what is in namespace {space}", confirm);
        var deleted = new List<string>();
        foreach (var resource in LessonKinds.All)
        {
            deleted.AddRange(Delete(resource, space));
        }

        Wait(() => Api.List<Pod>(space).Count == 0, ClearingLimit, $"the pods of namespace {space} to end");
        return deleted;
    }

    /// <summary>Makes sure that somebody wants this to be done to a cluster that the lab did not make; one that it made is the learner's own.</summary>
    private protected virtual void Confirm(string what, string? confirm)
    {
    }

    private IEnumerable<string> Delete(ApiResource resource, string ns)
    {
        foreach (var obj in Api.List(resource, ns, ListOptions.All).Items.Where(o => o.Metadata.OwnerReferences.Count == 0 && !IsTheClusters(o)))
        {
            var isThere = true;
            try
            {
                Api.Delete(resource, ObjectKey.Of(obj), new DeleteOptions { PropagationPolicy = "Background" });
            }
            catch (ApiException gone) when (gone.IsNotFound)
            {
                isThere = false;
            }

            if (isThere)
            {
                yield return $"{resource.Singular}{(resource.Group.Length == 0 ? "" : $".{resource.Group}")}/{obj.Metadata.Name}";
            }
        }
    }

    /// <summary>Objects that every namespace, or the default one, gets from the cluster itself.</summary>
    private static bool IsTheClusters(IApiObject obj) => (obj.Kind, obj.Metadata.Name) is ("ConfigMap", "kube-root-ca.crt") or ("Service", "kubernetes");
}
