using KubeLab.Api;
using KubeLab.Api.Apiextensions;

namespace KubeLab.ApiServer.CustomResources.Serving;

/// <summary>Under which path, names and verbs a version of a user's own kind is served.</summary>
internal static class CustomResource
{
    private static readonly string[] Verbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];

    public static ApiResource Of(CustomResourceDefinition definition, CustomResourceDefinitionVersion version)
    {
        var (spec, names) = (definition.Spec, definition.Status.AcceptedNames);
        List<string> subresources = [];
        if (version.Subresources?.Status is not null)
        {
            subresources.Add("status");
        }

        if (version.Subresources?.Scale is not null)
        {
            subresources.Add("scale");
        }

        return new ApiResource
        {
            Group = spec.Group,
            Version = version.Name,
            Plural = spec.Names.Plural,
            Kind = names.Kind,
            Singular = names.Singular ?? "",
            ListKind = names.ListKind ?? $"{names.Kind}List",
            Namespaced = spec.Scope == "Namespaced",
            ShortNames = names.ShortNames,
            Categories = names.Categories,
            Subresources = subresources.ToValueList(),
            Verbs = Verbs.ToValueList(),
        };
    }
}
