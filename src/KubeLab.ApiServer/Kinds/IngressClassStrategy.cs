using KubeLab.Api.Networking;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How ingress classes are stored.</summary>
public sealed class IngressClassStrategy : KindStrategy<IngressClass>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override bool SpecChanged(IngressClass obj, IngressClass old) => obj.Spec != old.Spec;

    /// <inheritdoc/>
    protected override IngressClass Default(IngressClass obj) => NetworkingDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(IngressClass obj, FieldErrors errors) => IngressValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(IngressClass obj, IngressClass old, FieldErrors errors) => IngressValidation.ValidateUpdate(obj, old, errors);
}
