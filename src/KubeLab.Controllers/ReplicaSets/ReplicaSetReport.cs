using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.ReplicaSets;

/// <summary>What a replica set reports.</summary>
public static class ReplicaSetReport
{
    /// <summary>The condition of a replica set whose pods cannot be made or removed.</summary>
    public const string FailureType = "ReplicaFailure";

    /// <summary>The status from counts; <paramref name="failure"/> is why pods could not be made or removed this time, or null.</summary>
    public static ReplicaSetStatus Of(ReplicaSet set, PodTally tally, int available, Exception? failure, DateTimeOffset now)
    {
        var conditions = set.Status.Conditions;
        var known = Conditions.Find(conditions, FailureType) is not null;
        if (failure is null && known)
        {
            conditions = Conditions.Without(conditions, FailureType);
        }
        else if (failure is not null && !known && tally.Active != (set.Spec.Replicas ?? 1))
        {
            conditions = Conditions.Set(conditions, new Condition
            {
                Type = FailureType,
                Status = "True",
                Reason = tally.Active < (set.Spec.Replicas ?? 1) ? "FailedCreate" : "FailedDelete",
                Message = failure.Message,
                LastTransitionTime = now,
            });
        }

        return set.Status with
        {
            Replicas = tally.Active,
            FullyLabeledReplicas = tally.LabelledWith(set.Spec.Template.Metadata.Labels),
            ReadyReplicas = tally.Ready,
            AvailableReplicas = available,
            ObservedGeneration = set.Metadata.Generation,
            Conditions = conditions,
        };
    }

    /// <summary>How many of <paramref name="pods"/> have been ready for long enough, and when the next one will have been.</summary>
    public static (int Available, DateTimeOffset? Next) Availability(IEnumerable<Pod> pods, int minReadySeconds, DateTimeOffset now)
    {
        var available = 0;
        DateTimeOffset? next = null;
        foreach (var pod in pods)
        {
            if (!PodState.IsActive(pod) || PodState.AvailableAt(pod, minReadySeconds) is not { } at)
            {
                continue;
            }

            if (at <= now)
            {
                available++;
            }
            else if (next is null || at < next)
            {
                next = at;
            }
        }

        return (available, next);
    }
}
