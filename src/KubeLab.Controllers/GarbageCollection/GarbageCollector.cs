using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Controllers.CustomKinds;
using KubeLab.Simulation;

namespace KubeLab.Controllers.GarbageCollection;

/// <summary>Watches owners and dependents of all kinds and says which object the garbage reconciler has to look at.</summary>
/// <remarks>
/// An owner is looked up by the coordinates that each dependent gives, so a wrong reference of one object never decides over another
/// that names the same uid
/// rightly. Upstream: pkg/controller/garbagecollector.
/// </remarks>
internal sealed class GarbageCollector(IKubernetesApi api, VirtualClock clock) : IManagedController
{
    private readonly List<WatchedKind> kinds = [];
    private readonly Dictionary<(string ApiVersion, string Kind), WatchedKind> byName = [];
    private readonly Dictionary<CustomKindResources, (WatchedKind Kind, Informer<CustomObject> Informer)> custom = [];

    // A kind may be gone before its last object is mourned: that the object is gone must not be asked of the server then.
    private readonly HashSet<string> absent = new(StringComparer.Ordinal);
    private bool isRunning;

    public string Name => "garbage-collector-controller";

    public OwnerGraph Graph { get; } = new();

    /// <summary>
    /// Collects objects of <typeparamref name="T"/>, and knows them as owners. Owners are best named before their dependents.
    /// </summary>
    public void Watch<T>(InformerFactory informers)
        where T : class, IApiObject<T>
    {
        var informer = informers.For<T>();
        var kind = Add(T.Resource, key => informer[key], [T.Resource.ApiVersion]);
        informer.Changed += (old, now) => OnChange(kind, old, now);
    }

    /// <summary>Collects objects of users' own kinds, as they come and go.</summary>
    public void Watch(CustomKindWatch customKinds, InformerFactory informers)
    {
        customKinds.Appeared += appeared =>
        {
            var informer = informers.ForCustom(appeared.Preferred);
            var kind = Add(appeared.Preferred, key => informer[key], appeared.ApiVersions);
            informer.Changed += (old, now) => OnChange(kind, old, now);
            custom.Add(appeared, (kind, informer));
            if (isRunning)
            {
                kind.Controller.Start();
                informer.Start();
            }
        };

        // The news that its last objects are gone may still be on its way, and comes before this event.
        customKinds.Disappeared += gone => clock.After(TimeSpan.Zero, () => Forget(gone));
    }

    private void Forget(CustomKindResources gone)
    {
        if (!custom.Remove(gone, out var watched))
        {
            return;
        }

        watched.Informer.Stop();
        foreach (var apiVersion in gone.ApiVersions)
        {
            if (byName.GetValueOrDefault((apiVersion, gone.Preferred.Kind)) == watched.Kind)
            {
                byName.Remove((apiVersion, gone.Preferred.Kind));
            }
        }
    }

    public void Start()
    {
        isRunning = true;
        kinds.ForEach(k => k.Controller.Start());
        foreach (var (_, informer) in custom.Values)
        {
            informer.Start();
        }
    }

    public void Stop()
    {
        isRunning = false;
        kinds.ForEach(k => k.Controller.Stop());
        foreach (var (_, informer) in custom.Values)
        {
            informer.Stop();
        }
    }

    /// <summary>
    /// What <paramref name="reference"/> of an object in <paramref name="ns"/> is worth; an absence in the cache is confirmed by the
    /// server.
    /// </summary>
    public OwnerState StateOf(OwnerReference reference, string ns)
    {
        if (absent.Contains(reference.Uid))
        {
            return OwnerState.Dangling;
        }

        if (Resolve(reference, ns) is not var (kind, key))
        {
            return OwnerState.Solid;
        }

        var cached = kind.Cached(key);
        return OwnerVerdict.StateOf(reference, cached?.Metadata.Uid == reference.Uid ? cached : api.Find(kind.Resource, key));
    }

    /// <summary>The resource and the last known state of <paramref name="dependent"/>.</summary>
    public (ApiResource Resource, IApiObject? Cached) Known(Dependent dependent) =>
        (kinds[dependent.Kind].Resource, kinds[dependent.Kind].Cached(dependent.Key));

    /// <summary>Has <paramref name="dependent"/> looked at.</summary>
    public void Enqueue(Dependent dependent) => kinds[dependent.Kind].Controller.Enqueue(dependent.Key);

    private WatchedKind Add(ApiResource resource, Func<ObjectKey, IApiObject?> cached, IReadOnlyList<string> apiVersions)
    {
        var kind = new WatchedKind(kinds.Count, resource, cached, new Controller(Name, clock, new GarbageReconciler(this, api, resource)));
        kinds.Add(kind);
        foreach (var apiVersion in apiVersions)
        {
            byName[(apiVersion, resource.Kind)] = kind;
        }

        return kind;
    }

    /// <summary>
    /// The kind and key that a reference means; null for kinds that are not watched, and for an owner in a namespace of a dependent
    /// without one.
    /// </summary>
    private (WatchedKind Kind, ObjectKey Key)? Resolve(OwnerReference reference, string ns)
    {
        if (!byName.TryGetValue((reference.ApiVersion, reference.Kind), out var kind) || (kind.Resource.Namespaced && ns.Length == 0))
        {
            return null;
        }

        return (kind, new ObjectKey(kind.Resource.Namespaced ? ns : "", reference.Name));
    }

    private void OnChange(WatchedKind kind, IApiObject? old, IApiObject? now)
    {
        var about = now ?? old!;
        var (before, after) = (old?.Metadata.OwnerReferences ?? default, now?.Metadata.OwnerReferences ?? default);
        if (before != after)
        {
            Graph.Change(new Dependent(kind.Number, ObjectKey.Of(about)), before, after);
            WakeWaitingOwners(before, about);
        }

        if (now is null || (old is not null && old.Metadata.Uid != now.Metadata.Uid))
        {
            OnGone(kind, old!);
        }

        if (now is not null)
        {
            OnPresent(kind, old, now, ownersChanged: before != after);
        }
    }

    private void OnGone(WatchedKind kind, IApiObject gone)
    {
        if (kind.Resource.Group.Contains('.', StringComparison.Ordinal) && gone.Metadata.Uid is { } uid && Graph.HasAny(uid))
        {
            absent.Add(uid);
        }

        foreach (var dependent in Graph.Of(gone.Metadata.Uid))
        {
            Enqueue(dependent);
        }
    }

    private void OnPresent(WatchedKind kind, IApiObject? old, IApiObject now, bool ownersChanged)
    {
        var ends = now.Metadata.DeletionTimestamp is not null && !now.Metadata.Finalizers.IsEmpty
            && (old?.Metadata.DeletionTimestamp is null || old.Metadata.Finalizers != now.Metadata.Finalizers);
        if (ends || (ownersChanged && HasDoubtfulOwner(now)))
        {
            kind.Controller.Enqueue(ObjectKey.Of(now));
        }
    }

    private bool HasDoubtfulOwner(IApiObject dependent)
    {
        foreach (var reference in dependent.Metadata.OwnerReferences)
        {
            if (Resolve(reference, dependent.Metadata.Namespace ?? "") is var (kind, key)
                && OwnerVerdict.StateOf(reference, kind.Cached(key)) != OwnerState.Solid)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An owner that waits for its dependents looks again when one of them no longer names it.</summary>
    private void WakeWaitingOwners(ValueList<OwnerReference> before, IApiObject dependent)
    {
        foreach (var reference in before)
        {
            if (Resolve(reference, dependent.Metadata.Namespace ?? "") is var (kind, key)
                && kind.Cached(key) is { } owner && OwnerVerdict.WaitsForDependents(owner.Metadata))
            {
                kind.Controller.Enqueue(key);
            }
        }
    }

    private sealed record WatchedKind(int Number, ApiResource Resource, Func<ObjectKey, IApiObject?> Cached, Controller Controller);
}
