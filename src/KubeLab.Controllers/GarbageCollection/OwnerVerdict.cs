using KubeLab.Api;
using KubeLab.Api.Meta;

namespace KubeLab.Controllers.GarbageCollection;

/// <summary>What an owner is worth to its dependent.</summary>
public enum OwnerState
{
    /// <summary>It exists: the dependent stays.</summary>
    Solid,

    /// <summary>It is gone, or another object has its name.</summary>
    Dangling,

    /// <summary>It goes in the foreground and waits for its dependents.</summary>
    Waiting,
}

/// <summary>What becomes of an object with owners.</summary>
public enum DependentFate
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>It stays, but without the owners that are gone or going.</summary>
    Unlink,

    /// <summary>It goes, as its finalizers say.</summary>
    Delete,

    /// <summary>It goes in the foreground, after its own dependents.</summary>
    DeleteForeground,
}

/// <summary>The rules of garbage collection.</summary>
/// <remarks>Upstream: attemptToDeleteItem in pkg/controller/garbagecollector/garbagecollector.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/architecture/garbage-collection/">Garbage collection</seealso>
public static class OwnerVerdict
{
    /// <summary>The finalizer of an object that waits until its dependents are gone.</summary>
    public const string ForegroundFinalizer = "foregroundDeletion";

    /// <summary>The finalizer of an object that waits until its dependents are set free.</summary>
    public const string OrphanFinalizer = "orphan";

    /// <summary>What <paramref name="reference"/> is worth when <paramref name="found"/> is what exists under its name.</summary>
    public static OwnerState StateOf(OwnerReference reference, IApiObject? found)
    {
        if (found is null || found.Metadata.Uid != reference.Uid)
        {
            return OwnerState.Dangling;
        }

        return WaitsForDependents(found.Metadata) ? OwnerState.Waiting : OwnerState.Solid;
    }

    /// <summary>What becomes of an object whose owners are in these states.</summary>
    /// <param name="states">The state of each owner.</param>
    /// <param name="hasDependents">Whether other objects name it as their owner.</param>
    public static DependentFate FateOf(IReadOnlyList<OwnerState> states, bool hasDependents)
    {
        if (states.Count == 0)
        {
            return DependentFate.Keep;
        }

        if (states.Contains(OwnerState.Solid))
        {
            return states.All(s => s == OwnerState.Solid) ? DependentFate.Keep : DependentFate.Unlink;
        }

        return states.Contains(OwnerState.Waiting) && hasDependents ? DependentFate.DeleteForeground : DependentFate.Delete;
    }

    /// <summary>Whether an object is being deleted and waits for its dependents to go.</summary>
    public static bool WaitsForDependents(ObjectMeta metadata) =>
        metadata.DeletionTimestamp is not null && metadata.Finalizers.Exists(f => f == ForegroundFinalizer);

    /// <summary>Whether an object is being deleted and waits for its dependents to be set free.</summary>
    public static bool OrphansDependents(ObjectMeta metadata) =>
        metadata.DeletionTimestamp is not null && metadata.Finalizers.Exists(f => f == OrphanFinalizer);
}
