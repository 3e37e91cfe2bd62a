using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How stateful sets are stored.</summary>
public sealed class StatefulSetStrategy : KindStrategy<StatefulSet>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override StatefulSet Default(StatefulSet obj) => WorkloadDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(StatefulSet obj, FieldErrors errors) => SetValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(StatefulSet obj, StatefulSet old, FieldErrors errors) => SetValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override void ValidateStatusUpdate(StatefulSet obj, StatefulSet old, FieldErrors errors) => SetValidation.ValidateStatusUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override StatefulSet PrepareForCreate(StatefulSet obj) => WithoutGated(obj) with { Status = StatefulSetStatus.Empty };

    /// <inheritdoc/>
    protected override StatefulSet PrepareForUpdate(StatefulSet obj, StatefulSet old) => WithoutGated(obj) with { Status = old.Status };

    /// <inheritdoc/>
    protected override StatefulSet PrepareForStatusUpdate(StatefulSet obj, StatefulSet old) => obj with { Spec = old.Spec };

    /// <inheritdoc/>
    protected override bool SpecChanged(StatefulSet obj, StatefulSet old) => obj.Spec != old.Spec;

    /// <inheritdoc/>
    protected override Scale? ScaleOf(StatefulSet obj) => new()
    {
        Spec = new() { Replicas = obj.Spec.Replicas ?? 1 },
        Status = new() { Replicas = obj.Status.Replicas, Selector = Selector.From(obj.Spec.Selector).ToString() },
    };

    /// <inheritdoc/>
    protected override StatefulSet WithReplicas(StatefulSet obj, int replicas) => obj with { Spec = obj.Spec with { Replicas = replicas } };

    // The feature gate MaxUnavailableStatefulSet is alpha in 1.33 and off: the server drops the field.
    private static StatefulSet WithoutGated(StatefulSet obj)
    {
        var strategy = obj.Spec.UpdateStrategy;
        return strategy.RollingUpdate is { MaxUnavailable: not null } rolling
            ? obj with { Spec = obj.Spec with { UpdateStrategy = strategy with { RollingUpdate = rolling with { MaxUnavailable = null } } } }
            : obj;
    }
}
