using System.Globalization;
using KubeLab.Api.Apps;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How daemon sets are stored.</summary>
public sealed class DaemonSetStrategy : KindStrategy<DaemonSet>
{
    // apps/v1 has no field for it any more and carries it as an annotation.
    private const string Generation = "deprecated.daemonset.template.generation";

    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override DaemonSet Default(DaemonSet obj) => WorkloadDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(DaemonSet obj, FieldErrors errors) => SetValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(DaemonSet obj, DaemonSet old, FieldErrors errors) => SetValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override void ValidateStatusUpdate(DaemonSet obj, DaemonSet old, FieldErrors errors) => SetValidation.ValidateStatusUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override DaemonSet PrepareForCreate(DaemonSet obj) =>
        WithTemplateGeneration(obj with { Status = DaemonSetStatus.Empty }, Math.Max(1, TemplateGeneration(obj)));

    /// <summary>The server counts the templates: whatever the client says of it is put right.</summary>
    protected override DaemonSet PrepareForUpdate(DaemonSet obj, DaemonSet old) => WithTemplateGeneration(
        obj with { Status = old.Status }, TemplateGeneration(old) + (obj.Spec.Template == old.Spec.Template ? 0 : 1));

    /// <inheritdoc/>
    protected override DaemonSet PrepareForStatusUpdate(DaemonSet obj, DaemonSet old) => obj with { Spec = old.Spec };

    /// <inheritdoc/>
    protected override bool SpecChanged(DaemonSet obj, DaemonSet old) => obj.Spec != old.Spec;

    private static long TemplateGeneration(DaemonSet obj) =>
        long.TryParse(obj.Metadata.Annotations[Generation], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static DaemonSet WithTemplateGeneration(DaemonSet obj, long number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return obj.Metadata.Annotations[Generation] == text
            ? obj
            : obj with { Metadata = obj.Metadata with { Annotations = obj.Metadata.Annotations.With(Generation, text) } };
    }
}
