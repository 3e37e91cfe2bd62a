using KubeLab.Api.Apps;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How daemon sets are stored.</summary>
public sealed class DaemonSetStrategy : KindStrategy<DaemonSet>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override DaemonSet Default(DaemonSet obj) => WorkloadDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(DaemonSet obj, FieldErrors errors) => SetValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(DaemonSet obj, DaemonSet old, FieldErrors errors) => SetValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override DaemonSet PrepareForCreate(DaemonSet obj) => obj with { Status = DaemonSetStatus.Empty };

    /// <inheritdoc/>
    protected override DaemonSet PrepareForUpdate(DaemonSet obj, DaemonSet old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override DaemonSet PrepareForStatusUpdate(DaemonSet obj, DaemonSet old) => obj with { Spec = old.Spec };

    /// <inheritdoc/>
    protected override bool SpecChanged(DaemonSet obj, DaemonSet old) => obj.Spec != old.Spec;
}
