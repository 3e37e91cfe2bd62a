using KubeLab.Api.Apiextensions;
using KubeLab.ApiServer.CustomResources.Definitions;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How definitions of users' own kinds are stored.</summary>
public sealed class CustomResourceDefinitionStrategy : KindStrategy<CustomResourceDefinition>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    public override bool AllowsUnconditionalUpdate => false;

    /// <inheritdoc/>
    protected override CustomResourceDefinition Default(CustomResourceDefinition obj) => DefinitionDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override CustomResourceDefinition PrepareForCreate(CustomResourceDefinition obj) =>
        DefinitionDefaults.NoteStorageVersion(obj with { Status = CustomResourceDefinitionStatus.Empty });

    /// <inheritdoc/>
    protected override CustomResourceDefinition PrepareForUpdate(CustomResourceDefinition obj, CustomResourceDefinition old) =>
        DefinitionDefaults.NoteStorageVersion(obj with { Status = old.Status });

    /// <inheritdoc/>
    protected override CustomResourceDefinition PrepareForStatusUpdate(CustomResourceDefinition obj, CustomResourceDefinition old) =>
        obj with { Spec = old.Spec };

    /// <inheritdoc/>
    protected override void Validate(CustomResourceDefinition obj, FieldErrors errors) => DefinitionValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(CustomResourceDefinition obj, CustomResourceDefinition old, FieldErrors errors) =>
        DefinitionValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override void ValidateStatusUpdate(CustomResourceDefinition obj, CustomResourceDefinition old, FieldErrors errors) =>
        NamesValidation.Validate(obj.Status.AcceptedNames, FieldPath.Status.Child("acceptedNames"), errors);

    /// <inheritdoc/>
    protected override bool SpecChanged(CustomResourceDefinition obj, CustomResourceDefinition old) => obj.Spec != old.Spec;
}
