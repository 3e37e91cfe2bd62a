using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How replica sets are stored.</summary>
public sealed class ReplicaSetStrategy : KindStrategy<ReplicaSet>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override ReplicaSet Default(ReplicaSet obj) => WorkloadDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(ReplicaSet obj, FieldErrors errors) => WorkloadValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(ReplicaSet obj, ReplicaSet old, FieldErrors errors) => WorkloadValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override ReplicaSet PrepareForCreate(ReplicaSet obj) => obj with { Status = ReplicaSetStatus.Empty };

    /// <inheritdoc/>
    protected override ReplicaSet PrepareForUpdate(ReplicaSet obj, ReplicaSet old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override ReplicaSet PrepareForStatusUpdate(ReplicaSet obj, ReplicaSet old) => obj with { Spec = old.Spec };

    /// <inheritdoc/>
    protected override bool SpecChanged(ReplicaSet obj, ReplicaSet old) => obj.Spec != old.Spec;

    /// <inheritdoc/>
    protected override Scale? ScaleOf(ReplicaSet obj) => new()
    {
        Spec = new() { Replicas = obj.Spec.Replicas ?? 1 },
        Status = new() { Replicas = obj.Status.Replicas, Selector = Selector.From(obj.Spec.Selector).ToString() },
    };

    /// <inheritdoc/>
    protected override ReplicaSet WithReplicas(ReplicaSet obj, int replicas) => obj with { Spec = obj.Spec with { Replicas = replicas } };
}
