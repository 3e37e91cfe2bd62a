using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.CustomResources.Checking;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.CustomResources.Definitions;

/// <summary>What is refused in a definition.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/apis/apiextensions/validation.</remarks>
internal static class DefinitionValidation
{
    private const string Approval = "api-approved.kubernetes.io";

    public static void Validate(CustomResourceDefinition definition, FieldErrors errors)
    {
        var spec = definition.Spec;
        if (definition.Metadata.Name != $"{spec.Names.Plural}.{spec.Group}")
        {
            errors.Invalid(FieldPath.Metadata.Child("name"), definition.Metadata.Name ?? "", "must be spec.names.plural+\".\"+spec.group");
        }

        Spec(spec, errors);
        if (IsProtected(spec.Group) && definition.Metadata.Annotations[Approval] is null)
        {
            errors.Required(
                FieldPath.Metadata.Child("annotations").Key(Approval),
                $"protected groups must have approval annotation {GoQuote.Quote(Approval)}, see https://github.com/kubernetes/enhancements/pull/1111");
        }

        if (spec.PreserveUnknownFields == true)
        {
            errors.Invalid(
                FieldPath.Spec.Child("preserveUnknownFields"),
                true,
                "cannot set to true, set x-preserve-unknown-fields to true in spec.versions[*].schema instead");
        }
    }

    public static void ValidateUpdate(CustomResourceDefinition definition, CustomResourceDefinition old, FieldErrors errors)
    {
        var (spec, before) = (definition.Spec, old.Spec);
        if (spec != before)
        {
            Spec(spec, errors);
        }

        if (old.Status.Is("Established"))
        {
            Immutable(spec.Scope, before.Scope, FieldPath.Spec.Child("scope"), errors);
            Immutable(spec.Names.Kind, before.Names.Kind, FieldPath.Spec.Child("names").Child("kind"), errors);
        }

        Immutable(spec.Group, before.Group, FieldPath.Spec.Child("group"), errors);
        Immutable(spec.Names.Plural, before.Names.Plural, FieldPath.Spec.Child("names").Child("plural"), errors);
        StoredVersions(definition, errors);
        if (spec.PreserveUnknownFields == true && before.PreserveUnknownFields != true)
        {
            errors.Invalid(
                FieldPath.Spec.Child("preserveUnknownFields"),
                true,
                "cannot set to true, set x-preserve-unknown-fields to true in spec.versions[*].schema instead");
        }
    }

    private static void Spec(CustomResourceDefinitionSpec spec, FieldErrors errors)
    {
        Group(spec.Group, errors);
        var scope = FieldPath.Spec.Child("scope");
        if (spec.Scope.Length == 0)
        {
            errors.Required(scope);
        }
        else if (spec.Scope is not ("Cluster" or "Namespaced"))
        {
            errors.NotSupported(scope, spec.Scope, "Cluster", "Namespaced");
        }

        VersionValidation.Validate(spec, errors);
        Versions(spec, errors);
        NamesValidation.Require(spec.Names, FieldPath.Spec.Child("names"), errors);
        NamesValidation.Validate(spec.Names, FieldPath.Spec.Child("names"), errors);
        Conversion(spec.Conversion, FieldPath.Spec.Child("conversion"), errors);
    }

    private static void Group(string group, FieldErrors errors)
    {
        var path = FieldPath.Spec.Child("group");
        if (group.Length == 0)
        {
            errors.Required(path);
        }
        else if (LabelNames.SubdomainErrors(group) is { Count: > 0 } problems)
        {
            errors.Invalid(path, group, string.Join(",", problems));
        }
        else if (!group.Contains('.', StringComparison.Ordinal))
        {
            errors.Invalid(path, group, "should be a domain with at least one dot");
        }
    }

    private static void Versions(CustomResourceDefinitionSpec spec, FieldErrors errors)
    {
        var path = FieldPath.Spec.Child("versions");
        var shown = new Verbatim($"[{string.Join(',', spec.Versions.Select(v => JsonSerializer.Serialize(v, ApiJson.Default.CustomResourceDefinitionVersion)))}]");
        if (spec.Versions.DistinctBy(v => v.Name).Count() != spec.Versions.Count)
        {
            errors.Invalid(path, shown, "must contain unique version names");
        }

        if (spec.Versions.Count(v => v.Storage) != 1)
        {
            errors.Invalid(path, shown, "must have exactly one version marked as storage version");
        }
    }

    private static void Conversion(CustomResourceConversion? conversion, FieldPath path, FieldErrors errors)
    {
        switch (conversion?.Strategy)
        {
            case null or "None":
                break;
            case "":
                errors.Required(path.Child("strategy"));
                break;
            case "Webhook":
                errors.Forbidden(path.Child("strategy"), "Webhook is not offered in this lab, where no server listens for one; None changes the apiVersion only");
                break;
            default:
                errors.NotSupported(path.Child("strategy"), conversion.Strategy, "None", "Webhook");
                break;
        }

        if (conversion is { Strategy: "None", Webhook: not null })
        {
            errors.Forbidden(path.Child("webhookClientConfig"), "should not be set when strategy is not set to Webhook");
        }
    }

    private static void StoredVersions(CustomResourceDefinition definition, FieldErrors errors)
    {
        var path = FieldPath.Status.Child("storedVersions");
        var stored = definition.Status.StoredVersions;
        for (var i = 0; i < stored.Count; i++)
        {
            var version = stored[i];
            if (!definition.Spec.Versions.Exists(v => v.Name == version))
            {
                errors.Invalid(
                    path.Index(i),
                    version,
                    $"missing from spec.versions; {version} was previously a storage version, and must remain in spec.versions until a storage migration "
                    + $"ensures no data remains persisted in {version} and removes {version} from status.storedVersions");
            }
        }
    }

    private static void Immutable(string value, string old, FieldPath path, FieldErrors errors)
    {
        if (value != old)
        {
            errors.Invalid(path, value, NameRules.Immutable);
        }
    }

    private static bool IsProtected(string group) => group is "k8s.io" or "kubernetes.io"
        || group.EndsWith(".k8s.io", StringComparison.Ordinal) || group.EndsWith(".kubernetes.io", StringComparison.Ordinal);
}
