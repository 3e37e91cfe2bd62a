using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.Deployments;

/// <summary>What a deployment reports, counted from its replica sets.</summary>
public static class RolloutStatus
{
    /// <summary>
    /// The counts and the Available condition; <paramref name="newest"/> is the replica set of the present template, if there is one.
    /// </summary>
    public static DeploymentStatus Of(Deployment deployment, ReplicaSet? newest, IReadOnlyList<ReplicaSet> old, DateTimeOffset now)
    {
        var sized = newest?.Spec.Replicas ?? (newest is null ? 0 : 1);
        var (replicas, ready, available) = Counts(newest);
        foreach (var set in old)
        {
            var (setReplicas, setReady, setAvailable) = Counts(set);
            sized += set.Spec.Replicas ?? 1;
            replicas += setReplicas;
            ready += setReady;
            available += setAvailable;
        }

        var enough = available >= (deployment.Spec.Replicas ?? 1) - RolloutBounds.Of(deployment).MaxUnavailable;
        return deployment.Status with
        {
            ObservedGeneration = deployment.Metadata.Generation,
            Replicas = replicas,
            UpdatedReplicas = newest?.Status.Replicas ?? 0,
            ReadyReplicas = ready,
            AvailableReplicas = available,
            UnavailableReplicas = Math.Max(0, sized - available),
            Conditions = Conditions.Set(deployment.Status.Conditions, Availability(enough, now)),
        };
    }

    /// <summary>The failure to make or remove pods that a replica set reports, the newest one's first; null when there is none.</summary>
    public static Condition? FailureOf(ReplicaSet? newest, IReadOnlyList<ReplicaSet> old)
    {
        var failure = newest is null ? null : Conditions.Find(newest.Status.Conditions, "ReplicaFailure");
        for (var i = 0; failure is null && i < old.Count; i++)
        {
            failure = Conditions.Find(old[i].Status.Conditions, "ReplicaFailure");
        }

        return failure is null ? null : failure with { LastUpdateTime = failure.LastTransitionTime };
    }

    private static Condition Availability(bool enough, DateTimeOffset now) => new()
    {
        Type = "Available",
        Status = enough ? "True" : "False",
        Reason = enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        Message = enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
        LastUpdateTime = now,
        LastTransitionTime = now,
    };

    private static (int Replicas, int Ready, int Available) Counts(ReplicaSet? set) =>
        set is null ? default : (set.Status.Replicas, set.Status.ReadyReplicas, set.Status.AvailableReplicas);
}
