using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How replication controllers are stored.</summary>
public sealed class ReplicationControllerStrategy : KindStrategy<ReplicationController>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override bool SpecChanged(ReplicationController obj, ReplicationController old) => obj.Spec != old.Spec;

    /// <inheritdoc/>
    protected override Scale? ScaleOf(ReplicationController obj) => new()
    {
        Spec = new() { Replicas = obj.Spec.Replicas ?? 1 },
        Status = new() { Replicas = obj.Status.Replicas, Selector = Selector.From(obj.Spec.Selector).ToString() },
    };

    /// <inheritdoc/>
    protected override ReplicationController WithReplicas(ReplicationController obj, int replicas) => obj with { Spec = obj.Spec with { Replicas = replicas } };

    /// <inheritdoc/>
    protected override ReplicationController Default(ReplicationController obj) => ReplicationControllerDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(ReplicationController obj, FieldErrors errors) => ReplicationControllerValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(ReplicationController obj, ReplicationController old, FieldErrors errors) => ReplicationControllerValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override ReplicationController PrepareForCreate(ReplicationController obj) => obj with { Status = new() };

    /// <inheritdoc/>
    protected override ReplicationController PrepareForUpdate(ReplicationController obj, ReplicationController old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override ReplicationController PrepareForStatusUpdate(ReplicationController obj, ReplicationController old) => obj with { Spec = old.Spec };
}
