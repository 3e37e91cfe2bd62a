using KubeLab.Api;
using KubeLab.Api.Apiextensions;

namespace KubeLab.Controllers.CustomKinds;

/// <summary>How a kind of a user's own is reached.</summary>
/// <param name="Uid">The identity of its definition.</param>
/// <param name="Preferred">The version that controllers speak: the one that is stored when it is served, else the first.</param>
/// <param name="ApiVersions">All versions that are served, by which owners may be named.</param>
internal sealed record CustomKindResources(string Uid, ApiResource Preferred, IReadOnlyList<string> ApiVersions)
{
    /// <summary>What <paramref name="definition"/> serves; null while it serves nothing.</summary>
    public static CustomKindResources? Of(CustomResourceDefinition definition)
    {
        var spec = definition.Spec;
        var served = spec.Versions.Where(v => v.Served);
        if (!definition.Status.Is("Established") || served.IsEmpty)
        {
            return null;
        }

        var version = served.Find(v => v.Storage) ?? served[0];
        var resource = ApiResource.Named(
            $"{spec.Group}/{version.Name}", spec.Names.Plural, definition.Status.AcceptedNames.Kind, spec.Scope == "Namespaced");
        return new(definition.Metadata.Uid!, resource, [.. served.Select(v => $"{spec.Group}/{v.Name}")]);
    }

    /// <summary>Whether nothing has changed for those who use it.</summary>
    public bool IsSameAs(CustomKindResources? other) => other is not null && Uid == other.Uid
        && Preferred.ApiVersion == other.Preferred.ApiVersion && ApiVersions.SequenceEqual(other.ApiVersions);
}
