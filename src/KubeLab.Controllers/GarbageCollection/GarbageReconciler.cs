using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Client.Reconciling;

namespace KubeLab.Controllers.GarbageCollection;

/// <summary>Deletes an object whose owners are gone, and finishes the deletion of an owner that waits for its dependents.</summary>
internal sealed class GarbageReconciler(GarbageCollector collector, IKubernetesApi api, ApiResource resource) : IReconciler
{
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (api.Find(resource, key) is { } present)
        {
            if (OwnerVerdict.OrphansDependents(present.Metadata))
            {
                SetDependentsFree(present);
            }
            else if (OwnerVerdict.WaitsForDependents(present.Metadata))
            {
                GoWhenDependentsAreGone(present);
            }
            else if (present.Metadata.DeletionTimestamp is null)
            {
                Judge(present, key);
            }
        }

        return ReconcileResult.Done;
    }

    private void Judge(IApiObject present, ObjectKey key)
    {
        var owners = present.Metadata.OwnerReferences;
        var states = new OwnerState[owners.Count];
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = collector.StateOf(owners[i], key.Namespace);
        }

        switch (OwnerVerdict.FateOf(states, collector.Graph.HasAny(present.Metadata.Uid)))
        {
            case DependentFate.Unlink:
                var solid = Enumerable.Range(0, states.Length).Where(i => states[i] == OwnerState.Solid);
                WriteOwners(resource, present, [.. solid.Select(i => owners[i])]);
                break;
            case DependentFate.Delete:
                Delete(present, PolicyOf(present.Metadata));
                break;
            case DependentFate.DeleteForeground:
                Delete(OpenCircle(present), "Foreground");
                break;
            default:
                break;
        }
    }

    private static string PolicyOf(ObjectMeta metadata) =>
        metadata.Finalizers.Exists(f => f == OwnerVerdict.OrphanFinalizer) ? "Orphan"
        : metadata.Finalizers.Exists(f => f == OwnerVerdict.ForegroundFinalizer) ? "Foreground"
        : "Background";

    private void Delete(IApiObject present, string policy) => api.Delete(resource, ObjectKey.Of(present), new DeleteOptions
    {
        Uid = present.Metadata.Uid,
        ResourceVersion = present.Metadata.ResourceVersion,
        PropagationPolicy = policy,
    });

    /// <summary>
    /// When a dependent already waits for its own dependents, this object may be among them: it stops blocking its owners, or all would
    /// wait for ever.
    /// </summary>
    private IApiObject OpenCircle(IApiObject present)
    {
        var waits = collector.Graph.Of(present.Metadata.Uid).Any(
            d => collector.Known(d).Cached is { } dependent && OwnerVerdict.WaitsForDependents(dependent.Metadata));
        return waits
            ? WriteOwners(resource, present, [.. present.Metadata.OwnerReferences.Select(o => o with { BlockOwnerDeletion = false })])
            : present;
    }

    private void GoWhenDependentsAreGone(IApiObject owner)
    {
        var blocked = false;
        foreach (var dependent in collector.Graph.Of(owner.Metadata.Uid))
        {
            var (_, cached) = collector.Known(dependent);
            if (cached?.Metadata.OwnerReferences.Exists(o => o.Uid == owner.Metadata.Uid && o.BlockOwnerDeletion == true) != true)
            {
                continue;
            }

            blocked = true;
            if (!OwnerVerdict.WaitsForDependents(cached.Metadata))
            {
                collector.Enqueue(dependent);
            }
        }

        if (!blocked)
        {
            DropFinalizer(owner, OwnerVerdict.ForegroundFinalizer);
        }
    }

    private void SetDependentsFree(IApiObject owner)
    {
        foreach (var dependent in collector.Graph.Of(owner.Metadata.Uid))
        {
            var (kind, _) = collector.Known(dependent);
            if (api.Find(kind, dependent.Key) is { } present)
            {
                WriteOwners(kind, present, present.Metadata.OwnerReferences.Where(o => o.Uid != owner.Metadata.Uid));
            }
        }

        DropFinalizer(owner, OwnerVerdict.OrphanFinalizer);
    }

    private IApiObject WriteOwners(ApiResource kind, IApiObject present, ValueList<OwnerReference> owners) =>
        owners == present.Metadata.OwnerReferences
        ? present
        : api.Update(kind, present.WithMetadata(present.Metadata with { OwnerReferences = owners }), WriteOptions.Default);

    private void DropFinalizer(IApiObject owner, string finalizer) => api.Update(
        resource,
        owner.WithMetadata(owner.Metadata with { Finalizers = owner.Metadata.Finalizers.Where(f => f != finalizer) }),
        WriteOptions.Default);
}
