using System.Text.Json.Serialization;

namespace KubeLab.Api.Apiextensions;

/// <summary>What a user's own kind is to be.</summary>
public sealed record CustomResourceDefinitionSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static CustomResourceDefinitionSpec Empty { get; } = new();

    /// <summary>The API group, for example <c>stable.example.com</c>; it is served at <c>/apis/group</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Group { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Under which names the kind is served; the definition's own name must be <c>plural.group</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public CustomResourceDefinitionNames Names
    {
        get => field ?? CustomResourceDefinitionNames.Empty;
        init => field = value == CustomResourceDefinitionNames.Empty ? null : value;
    }

    /// <summary><c>Namespaced</c> or <c>Cluster</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Scope { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The versions; exactly one is the version in which objects are stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<CustomResourceDefinitionVersion> Versions { get; init; }

    /// <summary>How objects of one version become objects of another.</summary>
    public CustomResourceConversion? Conversion { get; init; }

    /// <summary>Whether all fields that no schema names are kept; only definitions from before v1 may say so.</summary>
    public bool? PreserveUnknownFields { get; init; }
}

/// <summary>The names of a user's own kind.</summary>
public sealed record CustomResourceDefinitionNames : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static CustomResourceDefinitionNames Empty { get; } = new();

    /// <summary>The name in paths, for example <c>crontabs</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Plural { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The name of one, for example <c>crontab</c>; the kind in lower case when absent.</summary>
    public string? Singular { get; init; }

    /// <summary>Short names that kubectl accepts, for example <c>ct</c>.</summary>
    public ValueList<string> ShortNames { get; init; }

    /// <summary>The kind, for example <c>CronTab</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Kind { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The kind of a list of them; the kind with <c>List</c> behind it when absent.</summary>
    public string? ListKind { get; init; }

    /// <summary>Groups of resources it belongs to, such as <c>all</c>.</summary>
    public ValueList<string> Categories { get; init; }
}

/// <summary>How objects of one version become objects of another.</summary>
public sealed record CustomResourceConversion : ApiRecord
{
    /// <summary><c>None</c>, where only the apiVersion changes, or <c>Webhook</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Strategy { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Whom to ask when the strategy is <c>Webhook</c>.</summary>
    public OpaqueObject? Webhook { get; init; }
}
