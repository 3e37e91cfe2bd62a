using KubeLab.Api;

namespace KubeLab.KubectlText.Wire;

/// <summary>What the server serves, and by which names people call it.</summary>
/// <remarks>Asked once and kept; asked again when a name is not found, for it may have come since.</remarks>
internal sealed class Discovery(ApiCaller api)
{
    private List<ApiResource>? resources;

    /// <summary>All resources in the order of preference, subresources within them.</summary>
    public IReadOnlyList<ApiResource> Resources => resources ??= Load();

    /// <summary>Makes the next question go to the server.</summary>
    public void Forget() => resources = null;

    /// <summary>Each resource in the version that the server prefers.</summary>
    public IEnumerable<ApiResource> Preferred => Resources.DistinctBy(r => r.QualifiedName);

    /// <summary>The groups with their versions, the preferred one first.</summary>
    public IEnumerable<string> GroupVersions()
    {
        foreach (var version in new Json(api.Get("/api"))["versions"].Items)
        {
            yield return version.Text;
        }

        foreach (var group in new Json(api.Get("/apis"))["groups"].Items)
        {
            foreach (var version in group["versions"].Items)
            {
                yield return version["groupVersion"].Text;
            }
        }
    }

    /// <summary>Finds a resource by plural, singular, kind or short name, optionally with its group (and version): <c>deploy.apps</c>.</summary>
    public ApiResource? Find(string word)
    {
        var found = Look(word);
        if (found is null)
        {
            resources = null;
            found = Look(word);
        }

        return found;
    }

    /// <summary>Finds the resource of a kind.</summary>
    public ApiResource? OfKind(string apiVersion, string kind)
    {
        bool Fits(ApiResource resource) => resource.ApiVersion == apiVersion && resource.Kind == kind;
        var found = Resources.FirstOrDefault(Fits);
        if (found is null)
        {
            resources = null;
            found = Resources.FirstOrDefault(Fits);
        }

        return found;
    }

    /// <summary>The resources of a category such as <c>all</c>.</summary>
    public IReadOnlyList<ApiResource> InCategory(string category) => [.. Preferred.Where(r => r.Categories.Contains(category))];

    private ApiResource? Look(string word)
    {
        var dot = word.IndexOf('.', StringComparison.Ordinal);
        var name = (dot < 0 ? word : word[..dot]).ToLowerInvariant();
        var group = dot < 0 ? null : word[(dot + 1)..];
        foreach (var resource in Resources)
        {
            var isNamed = resource.Plural == name || resource.Singular == name || resource.Kind.Equals(name, StringComparison.OrdinalIgnoreCase)
                || resource.ShortNames.Contains(name);

            // A short name stands for the preferred version, whichever is written behind it.
            var isMeant = group is null || resource.Group == group || $"{resource.Version}.{resource.Group}".TrimEnd('.') == group
                || (resource.ShortNames.Contains(name) && group.EndsWith($".{resource.Group}", StringComparison.Ordinal) && VersionsOf(resource).Contains(group.Split('.')[0]));
            if (isNamed && isMeant)
            {
                return resource;
            }
        }

        return null;
    }

    private IEnumerable<string> VersionsOf(ApiResource resource) => Resources.Where(r => r.QualifiedName == resource.QualifiedName).Select(r => r.Version);

    private List<ApiResource> Load()
    {
        var all = new List<ApiResource>();
        foreach (var groupVersion in GroupVersions())
        {
            var path = groupVersion.Contains('/', StringComparison.Ordinal) ? $"/apis/{groupVersion}" : $"/api/{groupVersion}";
            var served = new Json(api.Get(path))["resources"].Items.ToList();
            foreach (var entry in served.Where(e => !e["name"].Text.Contains('/', StringComparison.Ordinal)))
            {
                var plural = entry["name"].Text;
                var resource = ApiResource.Named(
                    groupVersion,
                    plural,
                    entry["kind"].Text,
                    entry["namespaced"].IsTrue,
                    Join(entry["shortNames"]),
                    Join(entry["categories"]),
                    string.Join(',', served.Select(e => e["name"].Text).Where(n => n.StartsWith(plural + "/", StringComparison.Ordinal)).Select(n => n[(plural.Length + 1)..])));
                all.Add(resource with { Singular = entry["singularName"].Text, Verbs = entry["verbs"].Items.Select(verb => verb.Text).ToValueList() });
            }
        }

        return all;
    }

    private static string Join(Json list) => string.Join(',', list.Items.Select(item => item.Text));
}
