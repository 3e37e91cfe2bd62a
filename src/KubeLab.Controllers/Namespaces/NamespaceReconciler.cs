using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Controllers.Pods;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Namespaces;

/// <summary>Empties a namespace that is being deleted, pods first, and then lets it go.</summary>
/// <remarks>Upstream: pkg/controller/namespace/deletion.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/">Namespaces</seealso>
public sealed class NamespaceReconciler : IReconciler
{
    private const string Finalizer = "kubernetes";
    private static readonly WriteOptions Finalize = new() { Subresource = "finalize" };
    private static readonly DeleteOptions InBackground = new() { PropagationPolicy = "Background" };
    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly Informer<Namespace> namespaces;
    private readonly Func<IEnumerable<ApiResource>> resources;

    internal NamespaceReconciler(
        IKubernetesApi api, VirtualClock clock, Informer<Namespace> namespaces, Func<IEnumerable<ApiResource>> resources)
    {
        this.api = api;
        this.clock = clock;
        this.namespaces = namespaces;
        this.resources = resources;
    }

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (namespaces[key] is null || api.Find(Namespace.Resource, key) is not Namespace { Metadata.DeletionTimestamp: not null } present)
        {
            return ReconcileResult.Done;
        }

        if (present.Spec?.Finalizers.Exists(f => f == Finalizer) != true)
        {
            return ReconcileResult.Done;
        }

        var (remains, wait) = Empty(key.Name);
        present = WriteStatus(present, remains);
        if (remains.Failures.Count > 0 || remains.Objects.Count > 0)
        {
            return ReconcileResult.After(wait);
        }

        api.Update(
            Namespace.Resource,
            present with { Spec = present.Spec! with { Finalizers = present.Spec.Finalizers.Where(f => f != Finalizer) } },
            Finalize);
        return ReconcileResult.Done;
    }

    /// <summary>Deletes what is there; other kinds wait until no pod is left, so that what pods need outlives them.</summary>
    private (NamespaceRemains Remains, TimeSpan Wait) Empty(string ns)
    {
        var left = new List<(ApiResource, IReadOnlyList<ObjectMeta>)>();
        var failures = new List<string>();
        var pods = DeleteAll(Pod.Resource, ns, failures);
        left.Add((Pod.Resource, [.. pods.Select(p => p.Metadata)]));
        if (pods.Count == 0)
        {
            foreach (var resource in resources().Where(r => r.Namespaced && r != Pod.Resource))
            {
                left.Add((resource, [.. DeleteAll(resource, ns, failures).Select(o => o.Metadata)]));
            }
        }

        // Half of what the pods may take, as upstream, so that a round comes soon after they are gone.
        var grace = pods.Count == 0 ? 5 : pods.Max(p => GraceSeconds((Pod)p));
        return (NamespaceRemains.Of(left, failures), TimeSpan.FromSeconds((grace / 2) + 1));
    }

    private IReadOnlyList<IApiObject> DeleteAll(ApiResource resource, string ns, List<string> failures)
    {
        foreach (var item in api.List(resource, ns, ListOptions.All).Items)
        {
            if (item.Metadata.DeletionTimestamp is not null)
            {
                continue;
            }

            try
            {
                api.Delete(resource, ObjectKey.Of(item), InBackground);
            }
            catch (ApiException refusal) when (!refusal.IsNotFound)
            {
                failures.Add(refusal.Message);
            }
            catch (ApiException)
            {
                // It went with another object, before its turn.
            }
        }

        return api.List(resource, ns, ListOptions.All).Items;
    }

    private static long GraceSeconds(Pod pod) =>
        PodState.HasEnded(pod) ? 0 : pod.Metadata.DeletionGracePeriodSeconds ?? pod.Spec.TerminationGracePeriodSeconds ?? 0;

    private Namespace WriteStatus(Namespace present, NamespaceRemains remains)
    {
        var old = present.Status ?? new NamespaceStatus();
        var status = old with { Phase = "Terminating", Conditions = NamespaceConditions.After(old.Conditions, remains, clock.Now) };
        return status == old ? present : api.UpdateStatus(present with { Status = status });
    }
}
