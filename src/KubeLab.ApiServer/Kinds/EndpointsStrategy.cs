using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How endpoints are stored.</summary>
public sealed class EndpointsStrategy : KindStrategy<Endpoints>
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> NameErrors(string name) => LabelNames.SubdomainErrors(name);

    /// <inheritdoc/>
    protected override Endpoints Default(Endpoints obj) => EndpointDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(Endpoints obj, FieldErrors errors) => EndpointValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(Endpoints obj, Endpoints old, FieldErrors errors) => EndpointValidation.ValidateUpdate(obj, old, errors);
}
