using KubeLab.Api.Core;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How pod templates are stored.</summary>
public sealed class PodTemplateStrategy : KindStrategy<PodTemplate>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override bool SpecChanged(PodTemplate obj, PodTemplate old) => obj.Template != old.Template;

    /// <inheritdoc/>
    protected override PodTemplate Default(PodTemplate obj) => ReplicationControllerDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(PodTemplate obj, FieldErrors errors) => ReplicationControllerValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(PodTemplate obj, PodTemplate old, FieldErrors errors) => ReplicationControllerValidation.ValidateUpdate(obj, old, errors);
}
