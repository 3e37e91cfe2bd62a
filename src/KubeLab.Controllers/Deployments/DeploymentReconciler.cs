using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Owning;
using KubeLab.Controllers.Pods;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Deployments;

/// <summary>Moves pods from one template to the next by sizing replica sets, never by touching pods.</summary>
/// <remarks>Upstream: pkg/controller/deployment.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/">Deployments</seealso>
public sealed class DeploymentReconciler : IReconciler
{
    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly EventRecorder events;
    private readonly Informer<Deployment> deployments;
    private readonly InformerIndex<ReplicaSet> owned;
    private readonly InformerIndex<ReplicaSet> orphans;
    private readonly InformerIndex<Pod> podsByOwner;
    private readonly ReplicaSetWriter writer;

    internal DeploymentReconciler(
        IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, InformerIndex<Pod> podsByOwner)
    {
        this.api = api;
        this.clock = clock;
        this.events = events;
        this.podsByOwner = podsByOwner;
        deployments = informers.For<Deployment>();
        owned = informers.For<ReplicaSet>().IndexBy(s => Ownership.ControllerUidOf(s.Metadata));
        orphans = informers.For<ReplicaSet>().IndexBy(s => Ownership.OrphanPlaceOf(s.Metadata));
        writer = new ReplicaSetWriter(api, clock, events);
    }

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (deployments[key] is not { } deployment)
        {
            return ReconcileResult.Done;
        }

        var selector = Claiming.SelectorOf(deployment.Spec.Selector);
        if (selector.IsEmpty)
        {
            return RefuseToSelectAll(deployment);
        }

        var rollout = new Rollout(deployment, ClaimSets(deployment, selector));
        if (deployment.Metadata.DeletionTimestamp is not null)
        {
            return WriteStatus(rollout, CountedStatus(rollout));
        }

        NotePause(rollout);
        writer.SyncRevision(rollout, create: false);
        if (rollout.Deployment.Spec.Paused || WasScaled(rollout))
        {
            return Scale(rollout);
        }

        return RolloutBounds.IsRolling(deployment) ? Roll(rollout) : Recreate(rollout);
    }

    /// <summary>One step of a rolling update: up with the new, or else down with the old.</summary>
    private ReconcileResult Roll(Rollout rollout)
    {
        writer.SyncRevision(rollout, create: true);
        var newest = rollout.Newest!;
        var bounds = RolloutBounds.Of(rollout.Deployment);
        var total = rollout.All.Sum(s => s.Spec.Replicas ?? 1);
        var size = RollingUpdate.NewSize(rollout.Desired, bounds.MaxSurge, total, newest.Spec.Replicas ?? 1);
        if (size != (newest.Spec.Replicas ?? 1))
        {
            writer.Scale(rollout, newest, size);
        }
        else if (!writer.Apply(rollout, RollingUpdate.OldSizes(rollout.Desired, bounds, ReplicaSetSize.Of(newest), rollout.OldSizes)))
        {
            CleanUpWhenComplete(rollout);
        }

        return SyncRolloutStatus(rollout);
    }

    /// <summary>One step of a recreation: all old pods away, then all new ones.</summary>
    private ReconcileResult Recreate(Rollout rollout)
    {
        var active = rollout.OldSizes.Where(s => s.Replicas > 0).Select(s => new Resize(s.Name, 0)).ToList();
        if (!writer.Apply(rollout, active) && !OldPodsRun(rollout))
        {
            writer.SyncRevision(rollout, create: true);
            writer.Scale(rollout, rollout.Newest!, rollout.Desired);
            CleanUpWhenComplete(rollout);
        }

        return SyncRolloutStatus(rollout);
    }

    /// <summary>Answers a change of size, also while paused: in proportion when a rollout is under way.</summary>
    private ReconcileResult Scale(Rollout rollout)
    {
        var active = rollout.Active.ToList();
        if (active.Count <= 1)
        {
            if ((active.Count == 1 ? active[0] : rollout.Newest ?? rollout.Latest) is { } only)
            {
                writer.Scale(rollout, only, rollout.Desired);
            }
        }
        else if (rollout.Newest is { } newest && IsSaturated(rollout, newest))
        {
            writer.Apply(rollout, [.. active.Where(s => s != newest).Select(s => new Resize(s.Metadata.Name!, 0))]);
        }
        else if (RolloutBounds.IsRolling(rollout.Deployment))
        {
            var surge = RolloutBounds.Of(rollout.Deployment).MaxSurge;
            var sizes = ProportionalScaling.Sizes(
                rollout.Desired, surge, rollout.Deployment.Status.Replicas, [.. active.Select(ReplicaSetSize.Of)]);
            writer.Apply(rollout, sizes);
        }

        writer.CleanUp(rollout);
        return WriteStatus(rollout, CountedStatus(rollout));
    }

    private static bool IsSaturated(Rollout rollout, ReplicaSet newest) =>
        newest.Spec.Replicas == rollout.Desired && newest.Status.AvailableReplicas == rollout.Desired
        && Revisions.Number(newest.Metadata, Revisions.DesiredReplicas) == rollout.Desired;

    private static bool WasScaled(Rollout rollout) => rollout.Active.Any(
        s => Revisions.Number(s.Metadata, Revisions.DesiredReplicas) is { } noted && noted != rollout.Desired);

    private bool OldPodsRun(Rollout rollout) => rollout.Old.Any(
        s => s.Status.Replicas > 0 || podsByOwner[s.Metadata.Uid ?? ""].Any(p => !PodState.HasEnded(p)));

    private void CleanUpWhenComplete(Rollout rollout)
    {
        if (RolloutProgress.IsComplete(rollout.Deployment, rollout.Deployment.Status))
        {
            writer.CleanUp(rollout);
        }
    }

    /// <summary>Keeps time spent paused from counting as lack of progress.</summary>
    private void NotePause(Rollout rollout)
    {
        var deployment = rollout.Deployment;
        var current = Conditions.Find(deployment.Status.Conditions, RolloutProgress.Type);
        var known = current?.Reason == "DeploymentPaused";
        if (!RolloutProgress.HasDeadline(deployment) || current?.Reason == "ProgressDeadlineExceeded" || known == deployment.Spec.Paused)
        {
            return;
        }

        var condition = deployment.Spec.Paused
            ? RolloutProgress.New("Unknown", "DeploymentPaused", "Deployment is paused", clock.Now)
            : RolloutProgress.New("Unknown", "DeploymentResumed", "Deployment is resumed", clock.Now);
        rollout.Deployment = api.UpdateStatus(deployment with
        {
            Status = deployment.Status with { Conditions = Conditions.Set(deployment.Status.Conditions, condition) },
        });
    }

    private ReconcileResult RefuseToSelectAll(Deployment deployment)
    {
        events.Warning(deployment, "SelectingAll", "This deployment is selecting all pods. A non-empty selector is required.");
        if (deployment.Status.ObservedGeneration < deployment.Metadata.Generation)
        {
            api.UpdateStatus(deployment with { Status = deployment.Status with { ObservedGeneration = deployment.Metadata.Generation } });
        }

        return ReconcileResult.Done;
    }

    private List<ReplicaSet> ClaimSets(Deployment deployment, Selector selector)
    {
        var ours = new List<ReplicaSet>();
        foreach (var set in owned[deployment.Metadata.Uid ?? ""].Concat(orphans[deployment.Metadata.Namespace ?? ""]).ToList())
        {
            switch (Claiming.Decide(deployment.Metadata, selector, set.Metadata))
            {
                case Claim.Keep:
                    ours.Add(set);
                    break;
                case Claim.Adopt:
                    ours.Add(api.Update(set.WithMetadata(Claiming.Adopted(set.Metadata, Ownership.ReferenceTo(deployment)))));
                    break;
                case Claim.Release:
                    api.Update(set.WithMetadata(Claiming.Released(set.Metadata, deployment.Metadata.Uid)));
                    break;
                default:
                    break;
            }
        }

        return ours;
    }

    private DeploymentStatus CountedStatus(Rollout rollout) => RolloutStatus.Of(rollout.Deployment, rollout.Newest, rollout.Old, clock.Now);

    private ReconcileResult SyncRolloutStatus(Rollout rollout)
    {
        var deployment = rollout.Deployment;
        var about = rollout.Newest is { } newest ? $"ReplicaSet \"{newest.Metadata.Name}\"" : $"Deployment \"{deployment.Metadata.Name}\"";
        var status = RolloutProgress.Judge(deployment, CountedStatus(rollout), about, clock.Now);
        var failure = RolloutStatus.FailureOf(rollout.Newest, rollout.Old);
        return WriteStatus(rollout, status with
        {
            Conditions = failure is null
                ? Conditions.Without(status.Conditions, "ReplicaFailure")
                : Conditions.Set(status.Conditions, failure),
        });
    }

    private ReconcileResult WriteStatus(Rollout rollout, DeploymentStatus status)
    {
        if (status != rollout.Deployment.Status)
        {
            rollout.Deployment = api.UpdateStatus(rollout.Deployment with { Status = status });
            return ReconcileResult.Done;
        }

        return RolloutProgress.NextCheck(rollout.Deployment, status, clock.Now) is { } wait
            ? ReconcileResult.After(wait)
            : ReconcileResult.Done;
    }
}
