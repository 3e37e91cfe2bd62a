using KubeLab.Api.Storage;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How storage drivers are stored.</summary>
public sealed class CSIDriverStrategy : KindStrategy<CSIDriver>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override bool SpecChanged(CSIDriver obj, CSIDriver old) => obj.Spec != old.Spec;

    /// <inheritdoc/>
    protected override CSIDriver Default(CSIDriver obj) => StorageDriverDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(CSIDriver obj, FieldErrors errors) => StorageDriverValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(CSIDriver obj, CSIDriver old, FieldErrors errors) => StorageDriverValidation.ValidateUpdate(obj, old, errors);
}
