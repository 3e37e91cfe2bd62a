using KubeLab.Api.Apps;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Owning;
using KubeLab.Controllers.Pods;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Deployments;

/// <summary>Makes, resizes and forgets the replica sets of a deployment, and writes down which revision they are.</summary>
internal sealed class ReplicaSetWriter(IKubernetesApi api, VirtualClock clock, EventRecorder events)
{
    /// <summary>Brings the newest set's notes up to date; makes the set when there is none and <paramref name="create"/> says so.</summary>
    public void SyncRevision(Rollout rollout, bool create)
    {
        var next = Revisions.Next(rollout.Old);
        if (rollout.Newest is { } newest)
        {
            SyncNewest(rollout, newest, next);
        }
        else if (create)
        {
            Create(rollout, next);
        }
    }

    /// <summary>Gives a replica set another size, notes the deployment's, and tells of it.</summary>
    public void Scale(Rollout rollout, ReplicaSet set, int to)
    {
        var from = set.Spec.Replicas ?? 1;
        var surge = RolloutBounds.Of(rollout.Deployment).MaxSurge;
        var annotations = Revisions.WithSizes(set.Metadata.Annotations, rollout.Desired, rollout.Desired + surge);
        if (from == to && annotations == set.Metadata.Annotations)
        {
            return;
        }

        rollout.Replace(api.Update(set with
        {
            Metadata = set.Metadata with { Annotations = annotations },
            Spec = set.Spec with { Replicas = to },
        }));
        if (from != to)
        {
            var direction = from < to ? "up" : "down";
            events.Normal(
                rollout.Deployment, "ScalingReplicaSet", $"Scaled {direction} replica set {set.Metadata.Name} from {from} to {to}");
        }
    }

    /// <summary>Carries out <paramref name="steps"/> in order; tells whether there was any.</summary>
    public bool Apply(Rollout rollout, IReadOnlyList<Resize> steps)
    {
        foreach (var step in steps)
        {
            Scale(rollout, rollout.All.First(s => s.Metadata.Name == step.Name), step.To);
        }

        return steps.Count > 0;
    }

    /// <summary>Deletes old replica sets beyond the history's limit.</summary>
    public void CleanUp(Rollout rollout)
    {
        foreach (var set in RevisionCleanup.Superfluous(rollout.Old, rollout.Deployment.Spec.RevisionHistoryLimit))
        {
            try
            {
                api.Delete<ReplicaSet>(set.Metadata.Namespace!, set.Metadata.Name!);
            }
            catch (ApiException gone) when (gone.IsNotFound)
            {
                // Somebody else was faster.
            }
        }
    }

    private void SyncNewest(Rollout rollout, ReplicaSet newest, long next)
    {
        var deployment = rollout.Deployment;
        var annotations = Revisions.ForNewest(deployment, newest.Metadata.Annotations, next);
        if (annotations != newest.Metadata.Annotations || newest.Spec.MinReadySeconds != deployment.Spec.MinReadySeconds)
        {
            newest = api.Update(newest with
            {
                Metadata = newest.Metadata with { Annotations = annotations },
                Spec = newest.Spec with { MinReadySeconds = deployment.Spec.MinReadySeconds },
            });
            rollout.Replace(newest);
        }

        var noted = Noted(deployment, newest.Metadata.Annotations[Revisions.Current]);
        if (RolloutProgress.HasDeadline(deployment) && Conditions.Find(deployment.Status.Conditions, RolloutProgress.Type) is null)
        {
            noted = WithProgress(noted, "True", "FoundNewReplicaSet", $"Found new replica set \"{newest.Metadata.Name}\"");
        }

        Write(rollout, noted);
    }

    private void Create(Rollout rollout, long next)
    {
        var deployment = rollout.Deployment;
        var wanted = NewSet(rollout, next);
        ReplicaSet made;
        var isNew = true;
        try
        {
            made = api.Create(wanted);
        }
        catch (ApiException taken) when (taken.IsAlreadyExists)
        {
            if (Reuse(rollout, wanted) is not { } present)
            {
                throw;
            }

            made = present;
            isNew = false;
        }
        catch (ApiException refusal)
        {
            ReportFailure(rollout, wanted, refusal);
            throw;
        }

        rollout.Newest = made;
        if (isNew && made.Spec.Replicas > 0)
        {
            events.Normal(deployment, "ScalingReplicaSet", $"Scaled up replica set {made.Metadata.Name} from 0 to {made.Spec.Replicas}");
        }

        var noted = Noted(deployment, made.Metadata.Annotations[Revisions.Current]);
        if (isNew && RolloutProgress.HasDeadline(deployment))
        {
            noted = WithProgress(noted, "True", "NewReplicaSetCreated", $"Created new replica set \"{made.Metadata.Name}\"");
        }

        Write(rollout, noted);
    }

    private static ReplicaSet NewSet(Rollout rollout, long next)
    {
        var deployment = rollout.Deployment;
        var hash = TemplateHash.Of(deployment.Spec.Template, deployment.Status.CollisionCount);
        var labels = deployment.Spec.Template.Metadata.Labels.With(TemplateHash.Label, hash);
        var selector = deployment.Spec.Selector ?? new LabelSelector();
        var surge = RolloutBounds.Of(deployment).MaxSurge;
        var size = RolloutBounds.IsRolling(deployment)
            ? RollingUpdate.NewSize(rollout.Desired, surge, rollout.Old.Sum(s => s.Spec.Replicas ?? 1), 0)
            : rollout.Desired;
        return new ReplicaSet
        {
            Metadata = new ObjectMeta
            {
                Name = $"{deployment.Metadata.Name}-{hash}",
                Namespace = deployment.Metadata.Namespace,
                Labels = labels,
                Annotations = Revisions.WithSizes(Revisions.ForNewest(deployment, default, next), rollout.Desired, rollout.Desired + surge),
                OwnerReferences = [Ownership.ReferenceTo(deployment)],
            },
            Spec = new ReplicaSetSpec
            {
                Replicas = size,
                MinReadySeconds = deployment.Spec.MinReadySeconds,
                Selector = selector with { MatchLabels = selector.MatchLabels.With(TemplateHash.Label, hash) },
                Template = deployment.Spec.Template with { Metadata = deployment.Spec.Template.Metadata with { Labels = labels } },
            },
        };
    }

    /// <summary>
    /// The set that has the name already, when it is this deployment's and has its template; otherwise the hash is moved on and null
    /// returned.
    /// </summary>
    private ReplicaSet? Reuse(Rollout rollout, ReplicaSet wanted)
    {
        var deployment = rollout.Deployment;
        var present = api.Find<ReplicaSet>(wanted.Metadata.Namespace!, wanted.Metadata.Name!);
        if (present is null)
        {
            return null;
        }

        if (Ownership.IsControlledBy(present.Metadata, deployment.Metadata)
            && TemplateHash.SameTemplate(present.Spec.Template, deployment.Spec.Template))
        {
            return present;
        }

        rollout.Deployment = api.UpdateStatus(deployment with
        {
            Status = deployment.Status with { CollisionCount = (deployment.Status.CollisionCount ?? 0) + 1 },
        });
        return null;
    }

    private void ReportFailure(Rollout rollout, ReplicaSet wanted, ApiException refusal)
    {
        var isTerminating = refusal.Status.Details?.Causes.Exists(c => c.Reason == "NamespaceTerminating") == true;
        if (isTerminating)
        {
            return;
        }

        var message = $"Failed to create new replica set \"{wanted.Metadata.Name}\": {refusal.Message}";
        if (RolloutProgress.HasDeadline(rollout.Deployment))
        {
            Write(rollout, WithProgress(rollout.Deployment, "False", "ReplicaSetCreateError", message));
        }

        events.Warning(rollout.Deployment, "ReplicaSetCreateError", message);
    }

    private static Deployment Noted(Deployment deployment, string? revision) =>
        revision is null || deployment.Metadata.Annotations[Revisions.Current] == revision
            ? deployment
            : deployment with
            {
                Metadata = deployment.Metadata with { Annotations = deployment.Metadata.Annotations.With(Revisions.Current, revision) },
            };

    private Deployment WithProgress(Deployment deployment, string status, string reason, string message) => deployment with
    {
        Status = deployment.Status with
        {
            Conditions = Conditions.Set(deployment.Status.Conditions, RolloutProgress.New(status, reason, message, clock.Now)),
        },
    };

    /// <summary>Writes through the status subresource, which for deployments takes annotations too.</summary>
    private void Write(Rollout rollout, Deployment noted)
    {
        if (noted != rollout.Deployment)
        {
            rollout.Deployment = api.UpdateStatus(noted);
        }
    }
}
