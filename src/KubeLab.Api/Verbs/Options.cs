using System.Text.Json.Nodes;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Verbs;

/// <summary>What a list or a watch is restricted to.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/">API concepts</seealso>
public sealed record ListOptions
{
    /// <summary>Everything.</summary>
    public static ListOptions All { get; } = new();

    /// <summary>A label selector as text, for example <c>app=web,tier in (a,b)</c>.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>A field selector as text, for example <c>spec.nodeName=worker-1</c>.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>The version to read at or to watch from; null is the newest (list) or everything that exists first (watch).</summary>
    public string? ResourceVersion { get; init; }

    /// <summary><c>Exact</c> or <c>NotOlderThan</c>.</summary>
    public string? ResourceVersionMatch { get; init; }

    /// <summary>At most how many objects in one chunk; 0 is no limit.</summary>
    public int Limit { get; init; }

    /// <summary>Where the next chunk begins, from the last chunk's metadata.</summary>
    public string? Continue { get; init; }

    /// <summary>Whether a watch may send bookmarks.</summary>
    public bool AllowWatchBookmarks { get; init; }

    /// <summary>After how long a watch ends; null is the server's choice.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>How a write is to be made.</summary>
public sealed record WriteOptions
{
    /// <summary>A plain write to the object itself.</summary>
    public static WriteOptions Default { get; } = new();

    /// <summary>A write to the status subresource.</summary>
    public static WriteOptions Status { get; } = new() { Subresource = "status" };

    /// <summary>The subresource that is written: <c>status</c>, <c>scale</c>, or null for the object itself.</summary>
    public string? Subresource { get; init; }

    /// <summary>Who owns the written fields.</summary>
    public string? FieldManager { get; init; }

    /// <summary>All checks, nothing stored.</summary>
    public bool DryRun { get; init; }

    /// <summary>What happens to unknown and duplicate fields: refused, warned of, or dropped silently.</summary>
    public FieldValidation FieldValidation { get; init; }

    /// <summary>Whether a server-side apply takes fields from other managers.</summary>
    public bool Force { get; init; }

    /// <summary>Called with each warning the server has.</summary>
    public Action<string>? OnWarning { get; init; }
}

/// <summary>What happens to unknown and duplicate fields of a body.</summary>
public enum FieldValidation
{
    /// <summary>They are dropped and the answer carries a warning.</summary>
    Warn,

    /// <summary>The request is refused.</summary>
    Strict,

    /// <summary>They are dropped.</summary>
    Ignore,
}

/// <summary>How an object is to be deleted.</summary>
public sealed record DeleteOptions
{
    /// <summary>The resource's own grace period, dependents collected in the background.</summary>
    public static DeleteOptions Default { get; } = new();

    /// <summary>Seconds it may take to end; null is the object's own, 0 is at once.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>; null is the resource's default.</summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>Only this object and no later one of the same name.</summary>
    public string? Uid { get; init; }

    /// <summary>Only this version.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>All checks, nothing deleted.</summary>
    public bool DryRun { get; init; }
}

/// <summary>Which part of which log.</summary>
public sealed record LogOptions
{
    /// <summary>The container; may be null when the pod has one only.</summary>
    public string? Container { get; init; }

    /// <summary>The run before the last restart.</summary>
    public bool Previous { get; init; }

    /// <summary>Only the last lines.</summary>
    public int? TailLines { get; init; }

    /// <summary>Only what is younger, in seconds.</summary>
    public long? SinceSeconds { get; init; }

    /// <summary>Only what is not older, by the cluster's time.</summary>
    public DateTimeOffset? SinceTime { get; init; }

    /// <summary>At most so many bytes; the log is cut there.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>Each line begins with its time.</summary>
    public bool Timestamps { get; init; }
}

/// <summary>A patch and how it is to be read.</summary>
/// <param name="Type">How.</param>
/// <param name="Body">What.</param>
public sealed record PatchBody(PatchType Type, JsonNode Body);

/// <summary>The ways to write a patch.</summary>
public enum PatchType
{
    /// <summary>RFC 6902: a list of operations (<c>application/json-patch+json</c>).</summary>
    Json,

    /// <summary>RFC 7386: a partial object, null deletes (<c>application/merge-patch+json</c>).</summary>
    Merge,

    /// <summary>A partial object that merges lists by their keys (<c>application/strategic-merge-patch+json</c>).</summary>
    Strategic,

    /// <summary>Server-side apply (<c>application/apply-patch+yaml</c>).</summary>
    Apply,
}

/// <summary>A list of objects as one version of the store holds them.</summary>
/// <param name="Items">The objects.</param>
/// <param name="Metadata">The version, and where the next chunk begins.</param>
public sealed record ObjectList(IReadOnlyList<IApiObject> Items, ListMeta Metadata);
