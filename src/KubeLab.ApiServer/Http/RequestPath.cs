namespace KubeLab.ApiServer.Http;

/// <summary>What a path of the API names: a collection, an object, or a subresource of one.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version.</param>
/// <param name="Plural">The resource, for example <c>pods</c>.</param>
/// <param name="Namespace">The namespace, or null.</param>
/// <param name="Name">The object, or null for the collection.</param>
/// <param name="Subresource">The subresource, or null.</param>
internal sealed record RequestPath(string Group, string Version, string Plural, string? Namespace, string? Name, string? Subresource)
{
    /// <summary>The decoded parts of <paramref name="path"/>, without empty ones.</summary>
    public static string[] Parts(string path) =>
        [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    /// <summary>Reads <c>/api/v1/…</c> and <c>/apis/group/version/…</c>; null for anything else.</summary>
    public static RequestPath? Read(string[] parts)
    {
        var (group, rest) = parts switch
        {
            ["api", _, _, ..] => ("", parts[1..]),
            ["apis", var g, _, _, ..] => (g, parts[2..]),
            _ => ("", []),
        };
        return rest switch
        {
            [var version, "namespaces", var name, "status" or "finalize"] => new(group, version, "namespaces", null, name, rest[3]),
            [var version, "namespaces", var ns, var plural] => new(group, version, plural, ns, null, null),
            [var version, "namespaces", var ns, var plural, var name] => new(group, version, plural, ns, name, null),
            [var version, "namespaces", var ns, var plural, var name, var sub] => new(group, version, plural, ns, name, sub),
            [var version, var plural] => new(group, version, plural, null, null, null),
            [var version, var plural, var name] => new(group, version, plural, null, name, null),
            [var version, var plural, var name, var sub] => new(group, version, plural, null, name, sub),
            _ => null,
        };
    }
}
