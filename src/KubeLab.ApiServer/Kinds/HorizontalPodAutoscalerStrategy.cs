using KubeLab.Api.Autoscaling;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How autoscalers are stored.</summary>
public sealed class HorizontalPodAutoscalerStrategy : KindStrategy<HorizontalPodAutoscaler>
{
    /// <inheritdoc/>
    protected override HorizontalPodAutoscaler Default(HorizontalPodAutoscaler obj) => AutoscalerDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(HorizontalPodAutoscaler obj, FieldErrors errors) => AutoscalerValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(HorizontalPodAutoscaler obj, HorizontalPodAutoscaler old, FieldErrors errors) => AutoscalerValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override HorizontalPodAutoscaler PrepareForCreate(HorizontalPodAutoscaler obj) => obj with { Status = HorizontalPodAutoscalerStatus.Empty };

    /// <inheritdoc/>
    protected override HorizontalPodAutoscaler PrepareForUpdate(HorizontalPodAutoscaler obj, HorizontalPodAutoscaler old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override HorizontalPodAutoscaler PrepareForStatusUpdate(HorizontalPodAutoscaler obj, HorizontalPodAutoscaler old) => obj with { Spec = old.Spec };
}
