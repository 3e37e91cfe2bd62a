using KubeLab.Api.Batch;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How cron jobs are stored.</summary>
public sealed class CronJobStrategy : KindStrategy<CronJob>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override CronJob Default(CronJob obj) => BatchDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(CronJob obj, FieldErrors errors) => CronJobValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(CronJob obj, CronJob old, FieldErrors errors) => CronJobValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override CronJob PrepareForCreate(CronJob obj) => obj with { Status = CronJobStatus.Empty };

    /// <inheritdoc/>
    protected override CronJob PrepareForUpdate(CronJob obj, CronJob old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override CronJob PrepareForStatusUpdate(CronJob obj, CronJob old) => obj with { Spec = old.Spec };

    /// <inheritdoc/>
    protected override bool SpecChanged(CronJob obj, CronJob old) => obj.Spec != old.Spec;
}
