using KubeLab.Api.Networking;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How network policies are stored.</summary>
public sealed class NetworkPolicyStrategy : KindStrategy<NetworkPolicy>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override bool SpecChanged(NetworkPolicy obj, NetworkPolicy old) => obj.Spec != old.Spec;

    /// <inheritdoc/>
    protected override NetworkPolicy Default(NetworkPolicy obj) => NetworkingDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(NetworkPolicy obj, FieldErrors errors) => NetworkPolicyValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(NetworkPolicy obj, NetworkPolicy old, FieldErrors errors) => NetworkPolicyValidation.ValidateUpdate(obj, old, errors);
}
