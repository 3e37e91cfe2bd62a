using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.Namespaces;

/// <summary>What is left in a namespace that goes.</summary>
/// <param name="Objects">How many objects of each resource, in the order in which they were looked for.</param>
/// <param name="Finalizers">In how many objects each finalizer still stands.</param>
/// <param name="Failures">Why objects could not be deleted.</param>
public sealed record NamespaceRemains(
    IReadOnlyList<(ApiResource Resource, int Count)> Objects,
    IReadOnlyList<(string Finalizer, int Count)> Finalizers,
    IReadOnlyList<string> Failures)
{
    /// <summary>Counts <paramref name="left"/>.</summary>
    public static NamespaceRemains Of(
        IReadOnlyList<(ApiResource Resource, IReadOnlyList<ObjectMeta> Left)> left, IReadOnlyList<string> failures)
    {
        var finalizers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var finalizer in left.SelectMany(l => l.Left).SelectMany(o => o.Finalizers))
        {
            finalizers[finalizer] = finalizers.GetValueOrDefault(finalizer) + 1;
        }

        return new(
            [.. left.Where(l => l.Left.Count > 0).Select(l => (l.Resource, l.Left.Count))],
            [.. finalizers.Select(f => (f.Key, f.Value))],
            failures);
    }
}

/// <summary>What keeps a namespace from going, as conditions.</summary>
/// <remarks>Upstream: pkg/controller/namespace/deletion/status_condition_utils.go.</remarks>
public static class NamespaceConditions
{
    /// <summary>The conditions after a round that left <paramref name="remains"/>.</summary>
    public static ValueList<Condition> After(ValueList<Condition> conditions, NamespaceRemains remains, DateTimeOffset now)
    {
        var failed = remains.Failures.Count > 0;
        Put("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered");
        Put("NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions", "All legacy kube types successfully parsed");
        Put(
            "NamespaceDeletionContentFailure",
            failed,
            failed ? "ContentDeletionFailed" : "ContentDeleted",
            failed
                ? $"Failed to delete all resource types, {remains.Failures.Count} remaining: {string.Join(", ", remains.Failures)}"
                : "All content successfully deleted, may be waiting on finalization");
        var some = remains.Objects.Count > 0;
        Put(
            "NamespaceContentRemaining",
            some,
            some ? "SomeResourcesRemain" : "ContentRemoved",
            some
                ? "Some resources are remaining: "
                    + string.Join(", ", remains.Objects.Select(o => $"{o.Resource.Plural}.{o.Resource.Group} has {o.Count} resource instances"))
                : "All content successfully removed");
        var held = remains.Finalizers.Count > 0;
        Put(
            "NamespaceFinalizersRemaining",
            held,
            held ? "SomeFinalizersRemain" : "ContentHasNoFinalizers",
            held
                ? "Some content in the namespace has finalizers remaining: "
                    + string.Join(", ", remains.Finalizers.Select(f => $"{f.Finalizer} in {f.Count} resource instances"))
                : "All content-preserving finalizers finished");
        return conditions;

        void Put(string type, bool status, string reason, string message) => conditions = Conditions.Put(conditions, new Condition
        {
            Type = type,
            Status = status ? "True" : "False",
            Reason = reason,
            Message = message,
            LastTransitionTime = now,
        });
    }
}
