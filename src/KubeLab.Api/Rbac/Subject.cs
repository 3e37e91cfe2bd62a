using System.Text.Json.Serialization;

namespace KubeLab.Api.Rbac;

/// <summary>Somebody to whom a role is given.</summary>
public sealed record Subject : ApiRecord
{
    /// <summary><c>User</c>, <c>Group</c> or <c>ServiceAccount</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Kind { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The group of that kind.</summary>
    public string? ApiGroup { get; init; }

    /// <summary>The name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The namespace of a service account.</summary>
    public string? Namespace { get; init; }
}

/// <summary>The role that a binding gives.</summary>
public sealed record RoleRef : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static RoleRef Empty { get; } = new();

    /// <summary>The group of its kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string ApiGroup { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary><c>Role</c> or <c>ClusterRole</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Kind { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Its name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }
}
