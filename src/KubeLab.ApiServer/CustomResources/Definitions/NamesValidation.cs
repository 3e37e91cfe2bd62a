using KubeLab.Api.Apiextensions;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.CustomResources.Definitions;

/// <summary>What is refused in the names of a kind.</summary>
internal static class NamesValidation
{
    private const string MayBeMixed = "may have mixed case, but should otherwise match: ";

    /// <summary>Names that a spec must have.</summary>
    public static void Require(CustomResourceDefinitionNames names, FieldPath path, FieldErrors errors)
    {
        foreach (var (field, name) in new[] { ("plural", names.Plural), ("singular", names.Singular), ("kind", names.Kind), ("listKind", names.ListKind) })
        {
            if (string.IsNullOrEmpty(name))
            {
                errors.Required(path.Child(field));
            }
        }
    }

    /// <summary>The shape of names that are there.</summary>
    public static void Validate(CustomResourceDefinitionNames names, FieldPath path, FieldErrors errors)
    {
        Label(names.Plural, path.Child("plural"), "", errors);
        Label(names.Singular, path.Child("singular"), "", errors);
        Label(names.Kind, path.Child("kind"), MayBeMixed, errors);
        Label(names.ListKind, path.Child("listKind"), MayBeMixed, errors);
        for (var i = 0; i < names.ShortNames.Count; i++)
        {
            Label(names.ShortNames[i], path.Child("shortNames").Index(i), "", errors, mayBeEmpty: false);
        }

        if (names.Kind.Length > 0 && names.Kind == names.ListKind)
        {
            errors.Invalid(path.Child("listKind"), names.ListKind, "kind and listKind may not be the same");
        }

        for (var i = 0; i < names.Categories.Count; i++)
        {
            Label(names.Categories[i], path.Child("categories").Index(i), "", errors, mayBeEmpty: false);
        }
    }

    private static void Label(string? name, FieldPath path, string prefix, FieldErrors errors, bool mayBeEmpty = true)
    {
        if (string.IsNullOrEmpty(name) && mayBeEmpty)
        {
            return;
        }

        var text = name ?? "";
        var problems = NameRules.ServiceNameErrors(prefix.Length > 0 ? text.ToLowerInvariant() : text);
        if (problems.Count > 0)
        {
            errors.Invalid(path, text, prefix + string.Join(",", problems));
        }
    }
}
