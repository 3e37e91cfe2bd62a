namespace KubeLab.ApiServer.Registry;

/// <summary>All resources that a server knows, found by path, by kind or by any name that people type.</summary>
public sealed class ResourceTable
{
    private readonly List<KindStrategy> kinds = [];
    private readonly Dictionary<(string Group, string Version, string Plural), KindStrategy> byPath = [];
    private readonly Dictionary<(string ApiVersion, string Kind), KindStrategy> byKind = [];

    /// <summary>Makes one of <paramref name="kinds"/>.</summary>
    public ResourceTable(IEnumerable<KindStrategy> kinds)
    {
        foreach (var kind in kinds)
        {
            Add(kind);
        }
    }

    /// <summary>All of them, in the order in which they were added.</summary>
    public IReadOnlyList<KindStrategy> Kinds => kinds;

    /// <summary>Adds a kind; a second one at the same path replaces the first.</summary>
    public void Add(KindStrategy kind)
    {
        var resource = kind.Resource;
        kinds.RemoveAll(k => k.Resource.QualifiedName == resource.QualifiedName && k.Resource.Version == resource.Version);
        kinds.Add(kind);
        byPath[(resource.Group, resource.Version, resource.Plural)] = kind;
        byKind[(resource.ApiVersion, resource.Kind)] = kind;
    }

    /// <summary>Takes a kind away.</summary>
    public void Remove(KindStrategy kind)
    {
        var resource = kind.Resource;
        if (kinds.Remove(kind))
        {
            byPath.Remove((resource.Group, resource.Version, resource.Plural));
            byKind.Remove((resource.ApiVersion, resource.Kind));
        }
    }

    /// <summary>The kind served at this path, or null.</summary>
    public KindStrategy? Find(string group, string version, string plural) => byPath.GetValueOrDefault((group, version, plural));

    /// <summary>The kind that objects of this apiVersion and kind have, or null.</summary>
    public KindStrategy? FindKind(string apiVersion, string kind) => byKind.GetValueOrDefault((apiVersion, kind));

    /// <summary>The kind that people call <paramref name="name"/> in any case: plural, singular, short name, or <c>plural.group</c>; or null.</summary>
    public KindStrategy? FindName(string name)
    {
        foreach (var kind in kinds)
        {
            var resource = kind.Resource;
            if (Same(name, resource.Plural) || Same(name, resource.Singular) || Same(name, resource.QualifiedName)
                || Same(name, $"{resource.Plural}.{resource.Version}.{resource.Group}") || resource.ShortNames.Exists(s => Same(name, s)))
            {
                return kind;
            }
        }

        return null;
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
