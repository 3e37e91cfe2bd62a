using System.Text.Json.Nodes;

namespace KubeLab.Api.Paths;

/// <summary>A piece of a JSONPath template.</summary>
internal abstract record JsonPathNode
{
    /// <summary>Text between actions, or in quotes within one.</summary>
    public sealed record Text(string Value) : JsonPathNode;

    /// <summary>A number or a Boolean within a filter.</summary>
    public sealed record Literal(JsonNode Value) : JsonPathNode;

    /// <summary>Several steps, one after the other.</summary>
    public sealed record Sequence(IReadOnlyList<JsonPathNode> Steps) : JsonPathNode;

    /// <summary>A field, <c>.name</c>; the empty name is the object itself.</summary>
    public sealed record Field(string Name) : JsonPathNode;

    /// <summary>All elements or all fields, <c>[*]</c> or <c>.*</c>.</summary>
    public sealed record Wildcard : JsonPathNode;

    /// <summary>The object and all that is in it, <c>..</c>.</summary>
    public sealed record Recursive : JsonPathNode;

    /// <summary>One element or some, <c>[1]</c>, <c>[-1]</c>, <c>[0:2]</c> or <c>[::2]</c>.</summary>
    public sealed record Slice(int? From, int? To, int? Step, bool IsOne) : JsonPathNode;

    /// <summary>Several paths from the same place, <c>['a','b']</c>.</summary>
    public sealed record Union(IReadOnlyList<JsonPathNode> Paths) : JsonPathNode;

    /// <summary>The elements for which a comparison holds, <c>[?(@.x=="y")]</c>.</summary>
    public sealed record Filter(JsonPathNode Left, string Operator, JsonPathNode? Right) : JsonPathNode;

    /// <summary>What follows up to <see cref="End"/>, once for each value of the path.</summary>
    public sealed record Range(JsonPathNode Path) : JsonPathNode;

    /// <summary>The end of a <see cref="Range"/>.</summary>
    public sealed record End : JsonPathNode;
}
