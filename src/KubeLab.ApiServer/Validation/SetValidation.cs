using KubeLab.Api.Apps;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with stateful sets and daemon sets.</summary>
/// <remarks>Upstream: pkg/apis/apps/validation/validation.go.</remarks>
internal static class SetValidation
{
    private static readonly FieldPath Update = FieldPath.Spec.Child("updateStrategy");
    private static readonly FieldPath Retention = FieldPath.Spec.Child("persistentVolumeClaimRetentionPolicy");

    public static void Validate(StatefulSet obj, FieldErrors errors)
    {
        var spec = obj.Spec;
        if (spec.PodManagementPolicy is not ("OrderedReady" or "Parallel"))
        {
            errors.Invalid(FieldPath.Spec.Child("podManagementPolicy"), spec.PodManagementPolicy, "must be 'OrderedReady' or 'Parallel'");
        }

        Strategy(spec.UpdateStrategy, errors);
        Keeps(spec.PersistentVolumeClaimRetentionPolicy?.WhenDeleted, Retention.Child("whenDeleted"), errors);
        Keeps(spec.PersistentVolumeClaimRetentionPolicy?.WhenScaled, Retention.Child("whenScaled"), errors);
        errors.NonNegative(FieldPath.Spec.Child("replicas"), spec.Replicas);
        errors.NonNegative(FieldPath.Spec.Child("minReadySeconds"), spec.MinReadySeconds);
        errors.NonNegative(FieldPath.Spec.Child("ordinals").Child("start"), spec.Ordinals?.Start);
        WorkloadValidation.ValidateSelector(spec.Selector, errors, "statefulset");
        WorkloadValidation.Template(spec.Template, spec.Selector, errors, "StatefulSet");
    }

    public static void ValidateUpdate(StatefulSet obj, StatefulSet old, FieldErrors errors)
    {
        if (obj.Spec == old.Spec)
        {
            return;
        }

        Validate(obj, errors);
        var allowed = old.Spec with
        {
            Replicas = obj.Spec.Replicas,
            Ordinals = obj.Spec.Ordinals,
            Template = obj.Spec.Template,
            UpdateStrategy = obj.Spec.UpdateStrategy,
            RevisionHistoryLimit = obj.Spec.RevisionHistoryLimit,
            PersistentVolumeClaimRetentionPolicy = obj.Spec.PersistentVolumeClaimRetentionPolicy,
            MinReadySeconds = obj.Spec.MinReadySeconds,
        };
        if (obj.Spec != allowed)
        {
            errors.Forbidden(
                FieldPath.Spec,
                "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', "
                + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
        }
    }

    public static void Validate(DaemonSet obj, FieldErrors errors)
    {
        var spec = obj.Spec;
        WorkloadValidation.ValidateSelector(spec.Selector, errors, "daemonset");
        WorkloadValidation.Template(spec.Template, spec.Selector, errors, "DaemonSet");
        errors.NonNegative(FieldPath.Spec.Child("minReadySeconds"), spec.MinReadySeconds);
        Strategy(spec.UpdateStrategy, errors);
        errors.NonNegative(FieldPath.Spec.Child("revisionHistoryLimit"), spec.RevisionHistoryLimit);
    }

    public static void ValidateUpdate(DaemonSet obj, DaemonSet old, FieldErrors errors)
    {
        if (obj.Spec == old.Spec)
        {
            return;
        }

        Validate(obj, errors);
        WorkloadValidation.Unchanged(obj.Spec.Selector, old.Spec.Selector, errors);
    }

    public static void ValidateStatusUpdate(StatefulSet obj, StatefulSet old, FieldErrors errors)
    {
        var status = obj.Status;
        errors.NonNegative(FieldPath.Status.Child("replicas"), status.Replicas);
        errors.NonNegative(FieldPath.Status.Child("readyReplicas"), status.ReadyReplicas);
        errors.NonNegative(FieldPath.Status.Child("currentReplicas"), status.CurrentReplicas);
        errors.NonNegative(FieldPath.Status.Child("updatedReplicas"), status.UpdatedReplicas);
        errors.NonNegative(FieldPath.Status.Child("availableReplicas"), status.AvailableReplicas);
        errors.NonNegative(FieldPath.Status.Child("observedGeneration"), status.ObservedGeneration);
        errors.NonNegative(FieldPath.Status.Child("collisionCount"), status.CollisionCount);
        NotAbove("readyReplicas", status.ReadyReplicas, "status.replicas", status.Replicas, errors);
        NotAbove("currentReplicas", status.CurrentReplicas, "status.replicas", status.Replicas, errors);
        NotAbove("updatedReplicas", status.UpdatedReplicas, "status.replicas", status.Replicas, errors);
        NotAbove("availableReplicas", status.AvailableReplicas, "status.replicas", status.Replicas, errors);
        NotAbove("availableReplicas", status.AvailableReplicas, "status.readyReplicas", status.ReadyReplicas, errors);
        NotDecremented(status.CollisionCount, old.Status.CollisionCount, errors);
    }

    public static void ValidateStatusUpdate(DaemonSet obj, DaemonSet old, FieldErrors errors)
    {
        var status = obj.Status;
        errors.NonNegative(FieldPath.Status.Child("currentNumberScheduled"), status.CurrentNumberScheduled);
        errors.NonNegative(FieldPath.Status.Child("numberMisscheduled"), status.NumberMisscheduled);
        errors.NonNegative(FieldPath.Status.Child("desiredNumberScheduled"), status.DesiredNumberScheduled);
        errors.NonNegative(FieldPath.Status.Child("numberReady"), status.NumberReady);
        errors.NonNegative(FieldPath.Status.Child("observedGeneration"), status.ObservedGeneration);
        errors.NonNegative(FieldPath.Status.Child("updatedNumberScheduled"), status.UpdatedNumberScheduled);
        errors.NonNegative(FieldPath.Status.Child("numberAvailable"), status.NumberAvailable);
        errors.NonNegative(FieldPath.Status.Child("numberUnavailable"), status.NumberUnavailable);
        errors.NonNegative(FieldPath.Status.Child("collisionCount"), status.CollisionCount);
        NotDecremented(status.CollisionCount, old.Status.CollisionCount, errors);
    }

    private static void NotAbove(string field, int value, string boundName, int bound, FieldErrors errors)
    {
        if (value > bound)
        {
            errors.Invalid(FieldPath.Status.Child(field), value, $"cannot be greater than {boundName}");
        }
    }

    private static void NotDecremented(int? count, int? old, FieldErrors errors)
    {
        if (old is not null && !(count >= old))
        {
            errors.Invalid(FieldPath.Status.Child("collisionCount"), count ?? 0, "cannot be decremented");
        }
    }

    private static void Strategy(StatefulSetUpdateStrategy strategy, FieldErrors errors)
    {
        switch (strategy.Type)
        {
            case "OnDelete" when strategy.RollingUpdate is not null:
                errors.Invalid(Update.Child("rollingUpdate"), strategy.RollingUpdate, "only allowed for updateStrategy 'RollingUpdate'");
                break;
            case "OnDelete":
                break;
            case "RollingUpdate":
                errors.NonNegative(Update.Child("rollingUpdate").Child("partition"), strategy.RollingUpdate?.Partition);
                break;
            default:
                errors.Invalid(Update, strategy, "must be 'RollingUpdate' or 'OnDelete'");
                break;
        }
    }

    private static void Strategy(DaemonSetUpdateStrategy strategy, FieldErrors errors)
    {
        switch (strategy.Type)
        {
            case "OnDelete":
                break;
            case "RollingUpdate":
                Rolling(strategy.RollingUpdate ?? new(), Update.Child("rollingUpdate"), errors);
                break;
            default:
                errors.NotSupported(Update.Child("type"), strategy.Type ?? "", "RollingUpdate", "OnDelete");
                break;
        }
    }

    private static void Rolling(RollingUpdateDaemonSet rolling, FieldPath path, FieldErrors errors)
    {
        var unavailable = rolling.MaxUnavailable ?? 0;
        var surge = rolling.MaxSurge ?? 0;
        var isReadable = WorkloadValidation.Bound(unavailable, path.Child("maxUnavailable"), errors) & WorkloadValidation.Bound(surge, path.Child("maxSurge"), errors);
        if (!isReadable)
        {
            return;
        }

        var (isMissing, isDouble) = (!WorkloadValidation.IsZero(unavailable), !WorkloadValidation.IsZero(surge));
        if (isMissing && isDouble)
        {
            errors.Invalid(path.Child("maxSurge"), WorkloadValidation.Written(surge), "may not be set when maxUnavailable is non-zero");
        }
        else if (!isMissing && !isDouble)
        {
            errors.Required(path.Child("maxUnavailable"), "cannot be 0 when maxSurge is 0");
        }
    }

    private static void Keeps(string? policy, FieldPath path, FieldErrors errors)
    {
        if (policy is not ("Retain" or "Delete"))
        {
            errors.NotSupported(path, policy ?? "", "Delete", "Retain");
        }
    }
}
