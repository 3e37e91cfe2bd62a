using System.Text.Json.Serialization;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Meta;

/// <summary>What every stored object carries: its name, its place, its identity and its history.</summary>
public sealed record ObjectMeta : ApiRecord
{
    private readonly long created;
    private readonly long deleted;
    private readonly long grace;

    /// <summary>One with nothing set.</summary>
    public static ObjectMeta Empty { get; } = new();

    /// <summary>Unique among the objects of its kind in its namespace.</summary>
    public string? Name { get; init; }

    /// <summary>A prefix from which the server makes a unique name when <see cref="Name"/> is absent.</summary>
    public string? GenerateName { get; init; }

    /// <summary>The namespace; null for objects of the whole cluster.</summary>
    public string? Namespace { get; init; }

    /// <summary>Set by the server; unique over all time.</summary>
    public string? Uid { get; init; }

    /// <summary>The store's revision of the last change; opaque to clients, compared on update.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Counts the changes of the wish (spec), set by the server.</summary>
    public long Generation { get; init; }

    /// <summary>When the server stored it first.</summary>
    public Timestamp? CreationTimestamp { get => Timestamp.Unpack(created); init => created = Timestamp.Pack(value); }

    /// <summary>When it is to be gone at the latest; set by the server on a graceful delete.</summary>
    public Timestamp? DeletionTimestamp { get => Timestamp.Unpack(deleted); init => deleted = Timestamp.Pack(value); }

    /// <summary>How long it may take to go, in seconds.</summary>
    public long? DeletionGracePeriodSeconds { get => grace == 0 ? null : grace - 1; init => grace = value + 1 ?? 0; }

    /// <summary>Identifying pairs, which selectors ask about.</summary>
    public StringMap Labels { get; init; }

    /// <summary>Other pairs, which nothing selects by.</summary>
    public StringMap Annotations { get; init; }

    /// <summary>The objects it depends on; it goes when all of them are gone.</summary>
    [MergeKey("uid")]
    public ValueList<OwnerReference> OwnerReferences { get; init; }

    /// <summary>Who must agree before it goes.</summary>
    [MergeKey("")]
    public ValueList<string> Finalizers { get; init; }

    /// <summary>Which manager set which fields.</summary>
    public ValueList<ManagedFieldsEntry> ManagedFields { get; init; }
}

/// <summary>A link from an object to one that owns it, in the same namespace or of the whole cluster.</summary>
public sealed record OwnerReference : ApiRecord
{
    /// <summary>Group and version of the owner.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string ApiVersion { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Kind of the owner.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Kind { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Name of the owner.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Identity of the owner: another object of the same name is another owner.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Uid { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Whether this owner is the managing controller; at most one is.</summary>
    public bool? Controller { get; init; }

    /// <summary>Whether a foreground deletion of the owner waits for this object.</summary>
    public bool? BlockOwnerDeletion { get; init; }
}

/// <summary>The fields that one manager set by one operation.</summary>
public sealed record ManagedFieldsEntry : ApiRecord
{
    /// <summary>Who.</summary>
    public string? Manager { get; init; }

    /// <summary><c>Apply</c> or <c>Update</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>Version in which the fields are named.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>When last.</summary>
    public Timestamp? Time { get; init; }

    /// <summary>Always <c>FieldsV1</c>.</summary>
    public string? FieldsType { get; init; }

    /// <summary>The set of fields, as a tree of <c>f:</c>, <c>k:</c> and <c>v:</c> keys.</summary>
    public OpaqueObject? FieldsV1 { get; init; }

    /// <summary>The subresource it was set through, for example <c>status</c>.</summary>
    public string? Subresource { get; init; }
}
