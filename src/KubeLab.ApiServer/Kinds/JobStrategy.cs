using KubeLab.Api.Batch;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How jobs are stored.</summary>
public sealed class JobStrategy : KindStrategy<Job>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override Job Default(Job obj) => BatchDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(Job obj, FieldErrors errors) => JobValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(Job obj, Job old, FieldErrors errors) => JobValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override void ValidateStatusUpdate(Job obj, Job old, FieldErrors errors) => JobStatusValidation.ValidateUpdate(obj, old, errors);

    /// <summary>A job's pods carry its uid, so that it selects its own and no others.</summary>
    protected override Job PrepareForCreate(Job obj) => JobSelector.Generate(obj with { Status = JobStatus.Empty });

    /// <inheritdoc/>
    protected override Job PrepareForUpdate(Job obj, Job old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override Job PrepareForStatusUpdate(Job obj, Job old) => obj with { Spec = old.Spec };

    /// <inheritdoc/>
    protected override bool SpecChanged(Job obj, Job old) => obj.Spec != old.Spec;
}
