using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>What a delete request does to an object: take it away, or mark it and wait for its kubelet and its finalizers.</summary>
/// <remarks>Upstream: registry/rest/delete.go and registry/generic/registry/store.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/architecture/garbage-collection/">Garbage collection</seealso>
internal static class DeletionRules
{
    private const string Foreground = "foregroundDeletion";
    private const string Orphan = "orphan";

    /// <summary>The metadata that the object is marked with; null when it is to be taken away at once, the same instance when nothing changes.</summary>
    /// <param name="meta">The object's metadata now.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="grace">Seconds it may take, null when its kind goes at once.</param>
    /// <param name="now">The present instant.</param>
    public static ObjectMeta? Mark(ObjectMeta meta, DeleteOptions options, long? grace, DateTimeOffset now)
    {
        var finalizers = Finalizers(meta.Finalizers, options.PropagationPolicy);
        if (meta.DeletionTimestamp is null)
        {
            if (grace is null or 0 && finalizers.IsEmpty)
            {
                return null;
            }

            return meta with
            {
                Finalizers = finalizers,
                DeletionTimestamp = now + Span(grace ?? 0),
                DeletionGracePeriodSeconds = grace ?? 0,
                Generation = meta.Generation > 0 ? meta.Generation + 1 : 0,
            };
        }

        return MarkAgain(meta, finalizers, grace);
    }

    /// <summary>A later delete may shorten the time that is left, never lengthen it.</summary>
    private static ObjectMeta? MarkAgain(ObjectMeta meta, ValueList<string> finalizers, long? grace)
    {
        var before = meta.DeletionGracePeriodSeconds ?? 0;
        var now = grace is { } asked && asked < before ? asked : before;
        if (now == 0 && finalizers.IsEmpty)
        {
            return null;
        }

        if (now == before && finalizers == meta.Finalizers)
        {
            return meta;
        }

        return meta with
        {
            Finalizers = finalizers,
            DeletionTimestamp = meta.DeletionTimestamp!.Value.Instant - (Span(before) - Span(now)),
            DeletionGracePeriodSeconds = now,
        };
    }

    // The calendar ends before the numbers do; thirty years are as good as for ever.
    private static TimeSpan Span(long seconds) => TimeSpan.FromSeconds(Math.Min(seconds, 1_000_000_000));

    private static ValueList<string> Finalizers(ValueList<string> present, string? policy) => policy switch
    {
        "Foreground" => With(Without(present, Orphan), Foreground),
        "Orphan" => With(Without(present, Foreground), Orphan),
        "Background" => Without(Without(present, Orphan), Foreground),
        _ => present,
    };

    private static ValueList<string> With(ValueList<string> list, string item) => list.Exists(f => f == item) ? list : list.Add(item);

    private static ValueList<string> Without(ValueList<string> list, string item) => list.Exists(f => f == item) ? list.Where(f => f != item) : list;
}
