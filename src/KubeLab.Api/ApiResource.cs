namespace KubeLab.Api;

/// <summary>How a kind is served: group, version, names, scope and subresources.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/">API concepts</seealso>
public sealed record ApiResource
{
    /// <summary>The API group; empty for the core group.</summary>
    public required string Group { get; init; }

    /// <summary>The version, for example <c>v1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The name in paths, for example <c>deployments</c>.</summary>
    public required string Plural { get; init; }

    /// <summary>The kind, for example <c>Deployment</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether its objects live in namespaces.</summary>
    public required bool Namespaced { get; init; }

    /// <summary>Short names that kubectl accepts, for example <c>deploy</c>.</summary>
    public ValueList<string> ShortNames { get; init; }

    /// <summary>Groups of resources such as <c>all</c>.</summary>
    public ValueList<string> Categories { get; init; }

    /// <summary>Subresources, for example <c>status</c> and <c>scale</c>.</summary>
    public ValueList<string> Subresources { get; init; }

    /// <summary>What can be done with its objects, as discovery tells it; empty when it is everything.</summary>
    public ValueList<string> Verbs { get; init; }

    /// <summary>The name of one, for example <c>deployment</c>.</summary>
    public string Singular { get => field ??= Kind.ToLowerInvariant(); init; }

    /// <summary>The kind of a list, for example <c>DeploymentList</c>.</summary>
    public string ListKind { get => field ??= $"{Kind}List"; init; }

    /// <summary>Group and version as objects carry them.</summary>
    public string ApiVersion => field ??= Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The name with its group as errors write it: <c>pods</c>, <c>deployments.apps</c>.</summary>
    public string QualifiedName => field ??= Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>The kind with its group as validation errors write it: <c>Pod</c>, <c>Deployment.apps</c>.</summary>
    public string QualifiedKind => field ??= Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    /// <summary>The store's prefix of all its objects, <c>/registry/pods/</c>; a kind that shows the objects of another names the other's.</summary>
    public string StorePrefix { get => field ??= Group.Length == 0 ? $"/registry/{Plural}/" : $"/registry/{Group}/{Plural}/"; init; }

    /// <summary>The HTTP path of the collection, or of one object when <paramref name="name"/> is given.</summary>
    public string Path(string? ns, string? name = null, string? subresource = null)
    {
        var path = Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";
        path += Namespaced && !string.IsNullOrEmpty(ns) ? $"/namespaces/{ns}/{Plural}" : $"/{Plural}";
        path += name is null ? "" : $"/{name}";
        return subresource is null ? path : $"{path}/{subresource}";
    }

    /// <summary>Describes a resource in one line; the lists are comma-separated.</summary>
    public static ApiResource Named(
        string apiVersion, string plural, string kind, bool namespaced, string shortNames = "", string categories = "", string subresources = "")
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return new ApiResource
        {
            Group = slash < 0 ? "" : apiVersion[..slash],
            Version = apiVersion[(slash + 1)..],
            Plural = plural,
            Kind = kind,
            Namespaced = namespaced,
            ShortNames = Words(shortNames),
            Categories = Words(categories),
            Subresources = Words(subresources),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => QualifiedName;

    private static ValueList<string> Words(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries).ToValueList();
}
