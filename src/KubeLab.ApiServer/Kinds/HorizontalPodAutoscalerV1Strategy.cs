using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.ApiServer.Converting;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Tables;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How autoscalers are served in version 1: those of version 2, with annotations for what version 1 has no fields for.</summary>
public sealed class HorizontalPodAutoscalerV1Strategy : KindStrategy<HorizontalPodAutoscalerV1>
{
    /// <inheritdoc/>
    public override bool IsStored => false;

    /// <inheritdoc/>
    public override TablePrinter Table { get; } =
        new ConvertedTable(TablePrinter.Of(HorizontalPodAutoscaler.Resource), obj => AutoscalerConversion.ToStored((HorizontalPodAutoscalerV1)obj));

    /// <inheritdoc/>
    public override IApiObject FromStore(IApiObject stored) => stored is HorizontalPodAutoscaler hpa ? AutoscalerConversion.ToOld(hpa) : stored;

    /// <inheritdoc/>
    public override IApiObject ToStore(IApiObject obj) => obj is HorizontalPodAutoscalerV1 hpa ? AutoscalerConversion.ToStored(hpa) : obj;

    /// <inheritdoc/>
    protected override HorizontalPodAutoscalerV1 Default(HorizontalPodAutoscalerV1 obj) =>
        AutoscalerConversion.ToOld(AutoscalerDefaults.Fill(AutoscalerConversion.ToStored(obj)));

    /// <inheritdoc/>
    protected override void Validate(HorizontalPodAutoscalerV1 obj, FieldErrors errors) => AutoscalerValidation.Validate(AutoscalerConversion.ToStored(obj), errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(HorizontalPodAutoscalerV1 obj, HorizontalPodAutoscalerV1 old, FieldErrors errors) =>
        AutoscalerValidation.ValidateUpdate(AutoscalerConversion.ToStored(obj), AutoscalerConversion.ToStored(old), errors);

    /// <inheritdoc/>
    protected override HorizontalPodAutoscalerV1 PrepareForCreate(HorizontalPodAutoscalerV1 obj) =>
        AutoscalerConversion.ToOld(AutoscalerConversion.ToStored(obj) with { Status = HorizontalPodAutoscalerStatus.Empty });

    /// <inheritdoc/>
    protected override HorizontalPodAutoscalerV1 PrepareForUpdate(HorizontalPodAutoscalerV1 obj, HorizontalPodAutoscalerV1 old) =>
        AutoscalerConversion.ToOld(AutoscalerConversion.ToStored(obj) with { Status = AutoscalerConversion.ToStored(old).Status });

    /// <inheritdoc/>
    protected override HorizontalPodAutoscalerV1 PrepareForStatusUpdate(HorizontalPodAutoscalerV1 obj, HorizontalPodAutoscalerV1 old) =>
        AutoscalerConversion.ToOld(AutoscalerConversion.ToStored(obj) with { Spec = AutoscalerConversion.ToStored(old).Spec });
}
