using System.Text.Json.Serialization;
using KubeLab.Api.Core;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Apiextensions;

/// <summary>What became of a definition.</summary>
public sealed record CustomResourceDefinitionStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static CustomResourceDefinitionStatus Empty { get; } = new();

    /// <summary><c>NamesAccepted</c>, <c>Established</c>, <c>Terminating</c>.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }

    /// <summary>The names under which it is served; those asked for, unless another kind has them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public CustomResourceDefinitionNames AcceptedNames
    {
        get => field ?? CustomResourceDefinitionNames.Empty;
        init => field = value == CustomResourceDefinitionNames.Empty ? null : value;
    }

    /// <summary>The versions in which objects have ever been stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<string> StoredVersions { get; init; }

    /// <summary>The condition of a type, or null.</summary>
    public Condition? Find(string type) => Conditions.Find(c => c.Type == type);

    /// <summary>Whether the condition of a type is true.</summary>
    public bool Is(string type) => Find(type) is { Status: "True" };

    /// <summary>This status with another condition; when it became what it is stays where it only says it in other words.</summary>
    public CustomResourceDefinitionStatus With(Condition condition, DateTimeOffset now)
    {
        var at = Conditions.FindIndex(c => c.Type == condition.Type);
        var since = at >= 0 && Conditions[at].Status == condition.Status ? Conditions[at].LastTransitionTime : now;
        condition = condition with { LastTransitionTime = since };
        return this with { Conditions = at < 0 ? Conditions.Add(condition) : Conditions.SetItem(at, condition) };
    }
}
