using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How pods are stored.</summary>
/// <remarks>Upstream: pkg/registry/core/pod/strategy.go.</remarks>
/// <param name="defaults">What remembers templates.</param>
public sealed class PodStrategy(PodSpecDefaults defaults) : KindStrategy<Pod>
{
    private static readonly PodStatus Pending = new() { Phase = "Pending" };
    private static readonly PodStatus Gated = Pending with
    {
        Conditions = [new() { Type = "PodScheduled", Status = "False", Reason = "SchedulingGated", Message = "Scheduling is blocked due to non-empty scheduling gates" }],
    };

    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <summary>A kubelet asks for the pods of its own node only.</summary>
    public override string? IndexedField => "spec.nodeName";

    /// <inheritdoc/>
    protected override Pod Default(Pod obj)
    {
        var spec = defaults.Pod(obj.Spec);
        return ReferenceEquals(spec, obj.Spec) ? obj : obj with { Spec = spec };
    }

    /// <inheritdoc/>
    protected override void Validate(Pod obj, FieldErrors errors)
    {
        if (defaults.IsFromTemplate(obj.Spec))
        {
            // Its tolerations and its node are its own.
            TolerationValidation.Validate(obj.Spec.Tolerations, FieldPath.Spec.Child("tolerations"), errors);
            return;
        }

        PodSpecValidation.Validate(obj.Spec, FieldPath.Spec, errors);
        if (errors.IsEmpty)
        {
            defaults.NoteValid(obj.Spec);
        }
    }

    /// <inheritdoc/>
    protected override void ValidateUpdate(Pod obj, Pod old, FieldErrors errors) => PodValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override Pod PrepareForCreate(Pod obj) => MatchLabelKeys.Apply(obj) with { Status = obj.Spec.SchedulingGates.IsEmpty ? Pending : Gated };

    /// <inheritdoc/>
    protected override Pod PrepareForUpdate(Pod obj, Pod old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override Pod PrepareForStatusUpdate(Pod obj, Pod old) => ReferenceEquals(obj.Spec, old.Spec) ? obj : obj with { Spec = old.Spec };

    /// <inheritdoc/>
    protected override bool SpecChanged(Pod obj, Pod old) => obj.Spec != old.Spec;

    /// <inheritdoc/>
    protected override bool TryGetField(Pod obj, string path, out string value)
    {
        value = path switch
        {
            "spec.nodeName" => obj.Spec.NodeName ?? "",
            "spec.restartPolicy" => obj.Spec.RestartPolicy ?? "",
            "spec.schedulerName" => obj.Spec.SchedulerName ?? "",
            "spec.serviceAccountName" => obj.Spec.ServiceAccountName ?? "",
            "spec.hostNetwork" => obj.Spec.HostNetwork ? "true" : "false",
            "status.phase" => obj.Status.Phase ?? "",
            "status.podIP" => obj.Status.PodIP ?? "",
            "status.nominatedNodeName" => obj.Status.NominatedNodeName ?? "",
            _ => null!,
        };
        return value is not null;
    }

    /// <summary>Pods that no kubelet looks after, or that have ended, go at once.</summary>
    protected override long? GracePeriodSeconds(Pod obj, DeleteOptions options)
    {
        if (string.IsNullOrEmpty(obj.Spec.NodeName) || obj.Status.Phase is "Succeeded" or "Failed")
        {
            return 0;
        }

        var seconds = options.GracePeriodSeconds ?? obj.Spec.TerminationGracePeriodSeconds ?? 0;
        return seconds < 0 ? 1 : seconds;
    }
}
