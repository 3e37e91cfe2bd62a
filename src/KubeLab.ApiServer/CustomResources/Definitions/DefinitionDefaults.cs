using KubeLab.Api.Apiextensions;

namespace KubeLab.ApiServer.CustomResources.Definitions;

/// <summary>What is filled into a definition.</summary>
internal static class DefinitionDefaults
{
    /// <summary>The names of one and of a list, and the conversion that changes nothing.</summary>
    public static CustomResourceDefinition Fill(CustomResourceDefinition definition)
    {
        var (spec, names) = (definition.Spec, definition.Spec.Names);
        names = names with
        {
            Singular = string.IsNullOrEmpty(names.Singular) && names.Kind.Length > 0 ? names.Kind.ToLowerInvariant() : names.Singular,
            ListKind = string.IsNullOrEmpty(names.ListKind) && names.Kind.Length > 0 ? $"{names.Kind}List" : names.ListKind,
        };
        return definition with { Spec = spec with { Names = names, Conversion = spec.Conversion ?? new() { Strategy = "None" } } };
    }

    /// <summary>Notes that objects are stored in the version that the spec says.</summary>
    public static CustomResourceDefinition NoteStorageVersion(CustomResourceDefinition definition)
    {
        var stored = definition.Status.StoredVersions;
        return definition.Spec.Versions.Find(v => v.Storage) is { } storage && !stored.Exists(v => v == storage.Name)
            ? definition with { Status = definition.Status with { StoredVersions = stored.Add(storage.Name) } }
            : definition;
    }
}
