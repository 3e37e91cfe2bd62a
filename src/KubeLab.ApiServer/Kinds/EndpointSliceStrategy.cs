using KubeLab.Api.Discovery;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How endpoint slices are stored.</summary>
public sealed class EndpointSliceStrategy : KindStrategy<EndpointSlice>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override bool SpecChanged(EndpointSlice obj, EndpointSlice old) =>
        obj.Endpoints != old.Endpoints || obj.Ports != old.Ports || obj.AddressType != old.AddressType;

    /// <inheritdoc/>
    protected override EndpointSlice Default(EndpointSlice obj) => EndpointDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(EndpointSlice obj, FieldErrors errors) => EndpointValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(EndpointSlice obj, EndpointSlice old, FieldErrors errors) => EndpointValidation.ValidateUpdate(obj, old, errors);
}
