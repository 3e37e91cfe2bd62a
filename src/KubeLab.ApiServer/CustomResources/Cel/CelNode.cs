namespace KubeLab.ApiServer.CustomResources.Cel;

/// <summary>A piece of an expression, and where it begins.</summary>
internal abstract record CelNode(int At)
{
    /// <summary>A value as it is written.</summary>
    public sealed record Literal(int At, object? Value) : CelNode(At);

    /// <summary>A variable.</summary>
    public sealed record Name(int At, string Text) : CelNode(At);

    /// <summary>A field; <c>has()</c> only asks whether it is there.</summary>
    public sealed record Select(int At, CelNode Operand, string Field, bool OnlyTests = false) : CelNode(At);

    /// <summary>An element of a list or an entry of a map.</summary>
    public sealed record Index(int At, CelNode Operand, CelNode Key) : CelNode(At);

    /// <summary>An operator, a function or a method; of a method the target is the first argument.</summary>
    public sealed record Call(int At, string Function, IReadOnlyList<CelNode> Arguments) : CelNode(At);

    /// <summary>A list as it is written.</summary>
    public sealed record ListOf(int At, IReadOnlyList<CelNode> Elements) : CelNode(At);

    /// <summary>A map as it is written.</summary>
    public sealed record MapOf(int At, IReadOnlyList<(CelNode Key, CelNode Value)> Entries) : CelNode(At);

    /// <summary>A macro over the elements of a list or the keys of a map: <c>all</c>, <c>exists</c>, <c>exists_one</c>, <c>filter</c>, <c>map</c>.</summary>
    public sealed record Each(int At, string Macro, CelNode Range, string Variable, CelNode Body, CelNode? Condition) : CelNode(At);
}
