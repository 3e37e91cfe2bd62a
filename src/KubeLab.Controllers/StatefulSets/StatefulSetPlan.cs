using KubeLab.Api.Apps;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.StatefulSets;

/// <summary>What a stateful set does next: first its wanted pods, then those that are too many, then the update. A failure in one part leaves the next ones undone.</summary>
/// <remarks>Upstream: updateStatefulSet, processReplica and processCondemned in pkg/controller/statefulset/stateful_set_control.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees">
/// Deployment and scaling guarantees</seealso>
public sealed class StatefulSetPlan
{
    private readonly StatefulSet set;
    private readonly SetRevisions revisions;
    private readonly Func<string, PersistentVolumeClaim?> claims;
    private readonly DateTimeOffset now;
    private readonly List<Pod> condemned = [];
    private readonly Pod[] replicas;

    /// <summary>Plans for <paramref name="set"/> and its <paramref name="pods"/>.</summary>
    /// <param name="set">The wish.</param>
    /// <param name="revisions">Its two templates.</param>
    /// <param name="pods">All pods it owns.</param>
    /// <param name="claims">Finds a claim of the set's namespace by name; null when there is none.</param>
    /// <param name="now">The present.</param>
    public StatefulSetPlan(
        StatefulSet set, SetRevisions revisions, IEnumerable<Pod> pods, Func<string, PersistentVolumeClaim?> claims, DateTimeOffset now)
    {
        this.set = set;
        this.revisions = revisions;
        this.claims = claims;
        this.now = now;
        replicas = new Pod[set.Spec.Replicas ?? 1];
        var isGoing = set.Metadata.DeletionTimestamp is not null;
        Arrange(pods, fill: !isGoing);
        if (!isGoing)
        {
            var isClear = PlanReplicas() && PlanCondemned();
            Update = isClear && set.Spec.UpdateStrategy.Type != "OnDelete" ? PlanUpdate() : null;
        }
    }

    /// <summary>Whether pods come and go all at once.</summary>
    public bool IsParallel => set.Spec.PodManagementPolicy == "Parallel";

    /// <summary>What to do about the wanted pods, in the order of their numbers.</summary>
    public List<Step> Replicas { get; } = [];

    /// <summary>What to do about the pods that are too many, highest numbers first.</summary>
    public List<Step> Condemned { get; } = [];

    /// <summary>The pod that gives way to one of the new template, or null.</summary>
    public Step? Update { get; }

    /// <summary>The pods that there are and that count.</summary>
    public IEnumerable<Pod> Present => replicas.Where(r => r is not null && StatefulPod.IsCreated(r)).Concat(condemned);

    private bool Waits(Pod pod) => !IsParallel && !StatefulPod.IsRunningAndAvailable(pod, set.Spec.MinReadySeconds, now);

    private bool IsUnavailable(Pod pod) => StatefulPod.IsUnavailable(pod, set.Spec.MinReadySeconds, now);

    private void Arrange(IEnumerable<Pod> pods, bool fill)
    {
        var start = Identity.Start(set);
        foreach (var pod in pods)
        {
            var ordinal = Identity.Of(pod).Ordinal;
            if (Identity.IsWanted(set, pod))
            {
                replicas[ordinal - start] = pod;
            }
            else if (ordinal >= 0)
            {
                condemned.Add(pod);
            }
        }

        condemned.Sort((left, right) => Identity.Of(right).Ordinal.CompareTo(Identity.Of(left).Ordinal));
        for (var i = 0; fill && i < replicas.Length; i++)
        {
            replicas[i] ??= revisions.NewPod(set, start + i);
        }
    }

    /// <summary>Says whether all wanted pods are as they should be, so that others may go.</summary>
    private bool PlanReplicas()
    {
        foreach (var pod in replicas)
        {
            if (!Replica(pod) && !IsParallel)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Says whether the next pod may be looked at.</summary>
    private bool Replica(Pod pod)
    {
        if (pod.Status.Phase is "Failed" or "Succeeded")
        {
            // The new one is made when this one is gone for good.
            if (!StatefulPod.IsTerminating(pod))
            {
                Replicas.Add(new(StepKind.Delete, pod));
            }

            return false;
        }

        if (!StatefulPod.IsCreated(pod))
        {
            if (!Storage.ClaimsOf(set, pod).Any(c => claims(c.Metadata.Name!) is { } present && Retention.IsStale(set, pod, present)))
            {
                Replicas.Add(new(StepKind.Create, pod));
            }

            return false;
        }

        if (pod.Status.Phase == "Pending" && LacksClaims(pod))
        {
            Replicas.Add(new(StepKind.MakeClaims, pod));
        }

        if (!IsParallel && (StatefulPod.IsTerminating(pod) || Waits(pod)))
        {
            return false;
        }

        if (!Identity.Matches(set, pod) || !Storage.Matches(set, pod) || !IsRetentionRight(pod))
        {
            Replicas.Add(new(StepKind.Repair, pod));
        }

        return true;
    }

    private bool PlanCondemned()
    {
        var firstUnavailable = replicas.FirstOrDefault(IsUnavailable) ?? condemned.LastOrDefault(IsUnavailable);
        Condemned.AddRange(condemned.Where(p => !IsRetentionRight(p)).Select(p => new Step(StepKind.Retain, p)));
        foreach (var pod in condemned)
        {
            if (StatefulPod.IsTerminating(pod))
            {
                if (!IsParallel)
                {
                    return false;
                }

                continue;
            }

            if (Waits(pod) && !ReferenceEquals(pod, firstUnavailable))
            {
                return false;
            }

            Condemned.Add(new(StepKind.Delete, pod));
            if (!IsParallel)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The highest pod that has not the new template, unless a pod above it is still coming.</summary>
    private Step? PlanUpdate()
    {
        var partition = set.Spec.UpdateStrategy.RollingUpdate?.Partition ?? 0;
        for (var i = replicas.Length - 1; i >= partition; i--)
        {
            var pod = replicas[i];
            if (StatefulPod.RevisionOf(pod) != revisions.UpdateName && !StatefulPod.IsTerminating(pod))
            {
                // One that is only planned has nothing to give way: it comes, and the next round looks again.
                return StatefulPod.IsCreated(pod) ? new(StepKind.Delete, pod) : null;
            }

            if (IsUnavailable(pod))
            {
                return null;
            }
        }

        return null;
    }

    private bool LacksClaims(Pod pod) => Storage.ClaimsOf(set, pod).Any(c => claims(c.Metadata.Name!) is not { Metadata.DeletionTimestamp: null });

    private bool IsRetentionRight(Pod pod) =>
        Storage.ClaimsOf(set, pod).All(c => claims(c.Metadata.Name!) is not { } present || Retention.IsRight(set, pod, present));
}
