using KubeLab.Api.Networking;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How ingresses are stored.</summary>
public sealed class IngressStrategy : KindStrategy<Ingress>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override bool SpecChanged(Ingress obj, Ingress old) => obj.Spec != old.Spec;

    /// <inheritdoc/>
    protected override void Validate(Ingress obj, FieldErrors errors) => IngressValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(Ingress obj, Ingress old, FieldErrors errors) => IngressValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override Ingress PrepareForCreate(Ingress obj) => obj with { Status = new() };

    /// <inheritdoc/>
    protected override Ingress PrepareForUpdate(Ingress obj, Ingress old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override Ingress PrepareForStatusUpdate(Ingress obj, Ingress old) => obj with { Spec = old.Spec };
}
