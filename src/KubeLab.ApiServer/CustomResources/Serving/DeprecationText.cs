using KubeLab.Api.Apiextensions;
using KubeLab.ApiServer.Http;

namespace KubeLab.ApiServer.CustomResources.Serving;

/// <summary>What those are told who use a deprecated version.</summary>
/// <seealso href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-deprecation">
/// Version deprecation</seealso>
internal static class DeprecationText
{
    /// <summary>The warning, or null for a version that is not deprecated.</summary>
    public static string? Of(CustomResourceDefinitionSpec spec, CustomResourceDefinitionVersion version)
    {
        if (!version.Deprecated || version.DeprecationWarning is not null)
        {
            return version.Deprecated ? version.DeprecationWarning : null;
        }

        var kind = spec.Names.Kind;
        var better = GroupOrder.OfVersions(spec.Versions.Where(v => v.Served && (!v.Deprecated || v.Name == version.Name)).Select(v => v.Name)).First();
        var text = $"{spec.Group}/{version.Name} {kind} is deprecated";
        return better == version.Name ? text : $"{text}; use {spec.Group}/{better} {kind}";
    }
}
