using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How deployments are stored.</summary>
public sealed class DeploymentStrategy : KindStrategy<Deployment>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override Deployment Default(Deployment obj) => WorkloadDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(Deployment obj, FieldErrors errors) => WorkloadValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(Deployment obj, Deployment old, FieldErrors errors) => WorkloadValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override Deployment PrepareForCreate(Deployment obj) => obj with { Status = DeploymentStatus.Empty };

    /// <inheritdoc/>
    protected override Deployment PrepareForUpdate(Deployment obj, Deployment old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override Deployment PrepareForStatusUpdate(Deployment obj, Deployment old) => obj with { Spec = old.Spec };

    /// <inheritdoc/>
    protected override bool SpecChanged(Deployment obj, Deployment old) => obj.Spec != old.Spec;

    /// <inheritdoc/>
    protected override Scale? ScaleOf(Deployment obj) => new()
    {
        Spec = new() { Replicas = obj.Spec.Replicas ?? 1 },
        Status = new() { Replicas = obj.Status.Replicas, Selector = Selector.From(obj.Spec.Selector).ToString() },
    };

    /// <inheritdoc/>
    protected override Deployment WithReplicas(Deployment obj, int replicas) => obj with { Spec = obj.Spec with { Replicas = replicas } };
}
