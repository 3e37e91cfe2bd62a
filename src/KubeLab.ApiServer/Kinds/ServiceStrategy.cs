using KubeLab.Api.Core;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How services are stored.</summary>
public sealed class ServiceStrategy : KindStrategy<Service>
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> NameErrors(string name) => NameRules.ServiceNameErrors(name);

    /// <inheritdoc/>
    protected override Service Default(Service obj) => ServiceDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(Service obj, FieldErrors errors) => ServiceValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(Service obj, Service old, FieldErrors errors) => ServiceValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override Service PrepareForCreate(Service obj) => obj with { Status = new() { LoadBalancer = new() } };

    /// <inheritdoc/>
    protected override Service PrepareForUpdate(Service obj, Service old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override Service PrepareForStatusUpdate(Service obj, Service old) => obj with { Spec = old.Spec };
}
