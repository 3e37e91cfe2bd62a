using KubeLab.Api.Apiextensions;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Definitions;

/// <summary>The places at which errors in the versions of a definition are reported.</summary>
/// <remarks>
/// Inside upstream's server what all versions share stands once, in fields of the spec that v1 does not have, such as <c>spec.validation</c>; errors name
/// those, and people search for them.
/// </remarks>
internal sealed class HoistedPaths(CustomResourceDefinitionSpec spec)
{
    private readonly bool sharesSchema = Shares(spec, v => v.Schema);
    private readonly bool sharesSubresources = Shares(spec, v => v.Subresources);
    private readonly bool sharesColumns = Shares(spec, v => v.AdditionalPrinterColumns.IsEmpty ? null : v.AdditionalPrinterColumns);
    private readonly bool sharesFields = Shares(spec, v => v.SelectableFields.IsEmpty ? null : v.SelectableFields);

    /// <summary>Whether the schema of version <paramref name="i"/> is checked already, as that of the first.</summary>
    public bool IsRepeated(int i) => i > 0 && sharesSchema;

    public FieldPath Schema(int i) => (sharesSchema ? FieldPath.Spec.Child("validation") : Version(i).Child("schema")).Child("openAPIV3Schema");

    public FieldPath Subresources(int i) => (sharesSubresources ? FieldPath.Spec : Version(i)).Child("subresources");

    public FieldPath Column(int i, int column) => (sharesColumns ? FieldPath.Spec : Version(i)).Child("additionalPrinterColumns").Index(column);

    public FieldPath SelectableFields(int i) => (sharesFields ? FieldPath.Spec : Version(i)).Child("selectableFields");

    public static FieldPath Version(int i) => FieldPath.Spec.Child("versions").Index(i);

    private static bool Shares(CustomResourceDefinitionSpec spec, Func<CustomResourceDefinitionVersion, object?> part) =>
        !spec.Versions.IsEmpty && part(spec.Versions[0]) is { } first && spec.Versions.All(v => first.Equals(part(v)));
}
