using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.Deployments;

/// <summary>Whether a rollout moves, is finished, or is stuck.</summary>
/// <remarks>Upstream: pkg/controller/deployment/progress.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status">Deployment status</seealso>
public static class RolloutProgress
{
    /// <summary>The condition that tells of it.</summary>
    public const string Type = "Progressing";

    /// <summary>Whether lack of progress is reported for this deployment at all.</summary>
    public static bool HasDeadline(Deployment deployment) => deployment.Spec.ProgressDeadlineSeconds is not (null or int.MaxValue);

    /// <summary>Whether all wished pods are of the new template and available, and no old ones are left.</summary>
    public static bool IsComplete(Deployment deployment, DeploymentStatus status)
    {
        var desired = deployment.Spec.Replicas ?? 1;
        return status.UpdatedReplicas == desired && status.Replicas == desired && status.AvailableReplicas == desired
            && status.ObservedGeneration >= deployment.Metadata.Generation;
    }

    /// <summary>
    /// Whether <paramref name="next"/> is further than <paramref name="last"/>: more new pods, fewer old ones, more that are ready or
    /// available.
    /// </summary>
    public static bool HasMoved(DeploymentStatus last, DeploymentStatus next) =>
        next.UpdatedReplicas > last.UpdatedReplicas
        || next.Replicas - next.UpdatedReplicas < last.Replicas - last.UpdatedReplicas
        || next.ReadyReplicas > last.ReadyReplicas
        || next.AvailableReplicas > last.AvailableReplicas;

    /// <summary>Whether nothing has moved for longer than the deadline.</summary>
    public static bool HasTimedOut(Deployment deployment, DeploymentStatus status, DateTimeOffset now)
    {
        if (!HasDeadline(deployment) || Conditions.Find(status.Conditions, Type) is not { } condition
            || condition.Reason == "NewReplicaSetAvailable")
        {
            return false;
        }

        return condition.Reason == "ProgressDeadlineExceeded"
            || condition.LastUpdateTime?.Instant.AddSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value) < now;
    }

    /// <summary>
    /// The status with the condition that its counts call for; <paramref name="about"/> names the rollout, as in <c>ReplicaSet
    /// "web-1"</c>.
    /// </summary>
    public static DeploymentStatus Judge(Deployment deployment, DeploymentStatus status, string about, DateTimeOffset now)
    {
        if (!HasDeadline(deployment))
        {
            return status with { Conditions = Conditions.Without(status.Conditions, Type) };
        }

        var current = Conditions.Find(deployment.Status.Conditions, Type);
        if (status.Replicas == status.UpdatedReplicas && current?.Reason == "NewReplicaSetAvailable")
        {
            // A finished rollout stays finished: pods that come and go afterwards are no rollout.
            return status;
        }

        if (IsComplete(deployment, status))
        {
            return With(status, New("True", "NewReplicaSetAvailable", $"{about} has successfully progressed.", now));
        }

        if (HasMoved(deployment.Status, status))
        {
            // The time of update moves with each step, also when status and reason stay: the deadline counts from it.
            var moved = New("True", "ReplicaSetUpdated", $"{about} is progressing.", now);
            moved = current is { Status: "True" } ? moved with { LastTransitionTime = current.LastTransitionTime } : moved;
            return With(status with { Conditions = Conditions.Without(status.Conditions, Type) }, moved);
        }

        return HasTimedOut(deployment, status, now)
            ? With(status, New("False", "ProgressDeadlineExceeded", $"{about} has timed out progressing.", now))
            : status;
    }

    /// <summary>When to look again whether the rollout is stuck; null when nothing is to be found out.</summary>
    public static TimeSpan? NextCheck(Deployment deployment, DeploymentStatus status, DateTimeOffset now)
    {
        var current = Conditions.Find(status.Conditions, Type);
        if (!HasDeadline(deployment) || current is null || current.Reason == "ProgressDeadlineExceeded" || IsComplete(deployment, status)
            || current.LastUpdateTime is not { } updated)
        {
            return null;
        }

        // Timestamps have whole seconds, so one more makes sure that the deadline has passed.
        var after = updated.Instant.AddSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value + 1) - now;
        return after < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : after;
    }

    /// <summary>A condition about progress.</summary>
    public static Condition New(string status, string reason, string message, DateTimeOffset now) => new()
    {
        Type = Type,
        Status = status,
        Reason = reason,
        Message = message,
        LastUpdateTime = now,
        LastTransitionTime = now,
    };

    private static DeploymentStatus With(DeploymentStatus status, Condition condition) =>
        status with { Conditions = Conditions.Set(status.Conditions, condition) };
}
