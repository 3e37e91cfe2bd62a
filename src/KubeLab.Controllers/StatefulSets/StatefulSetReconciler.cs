using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Controllers.History;
using KubeLab.Controllers.Owning;
using KubeLab.Controllers.ReplicaSets;
using KubeLab.Simulation;

namespace KubeLab.Controllers.StatefulSets;

/// <summary>Keeps the numbered pods of a stateful set, one by one in their order unless it is told otherwise.</summary>
/// <remarks>Upstream: pkg/controller/statefulset.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/">StatefulSets</seealso>
public sealed class StatefulSetReconciler : IReconciler
{
    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly Informer<StatefulSet> sets;
    private readonly Informer<PersistentVolumeClaim> claims;
    private readonly InformerIndex<Pod> podsByOwner;
    private readonly InformerIndex<Pod> orphans;
    private readonly RevisionWriter history;
    private readonly StatefulPodWriter writer;
    private readonly Dictionary<ObjectKey, (PodTemplateSpec Template, byte[] Text, OpaqueObject Data)> known = [];

    internal StatefulSetReconciler(
        IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, InformerIndex<Pod> podsByOwner)
    {
        this.api = api;
        this.clock = clock;
        this.podsByOwner = podsByOwner;
        sets = informers.For<StatefulSet>();
        claims = informers.For<PersistentVolumeClaim>();
        orphans = informers.For<Pod>().IndexBy(p => Ownership.OrphanPlaceOf(p.Metadata));
        history = new RevisionWriter(api, informers);
        writer = new StatefulPodWriter(api, events, claims);
    }

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (sets[key] is not { } set)
        {
            known.Remove(key);
            return ReconcileResult.Done;
        }

        var selector = Claiming.SelectorOf(set.Spec.Selector);
        var ordered = history.Claim(set, selector);
        if (set.Metadata.DeletionTimestamp is not null && ordered.Count == 0)
        {
            // Its revisions went before it; new ones would only keep the garbage collector busy.
            return ReconcileResult.Done;
        }

        var pods = ClaimPods(set, selector);
        var collisions = set.Status.CollisionCount ?? 0;
        var revisions = RevisionsOf(set, key, ordered, ref collisions);
        var plan = new StatefulSetPlan(set, revisions, pods, name => claims[new ObjectKey(key.Namespace, name)], clock.Now);
        var failure = Act(set, plan, out var deletedForUpdate);
        WriteStatus(set, StatefulSetReport.Of(set, revisions, collisions, plan.Present, deletedForUpdate, clock.Now));
        if (failure is not null)
        {
            throw failure;
        }

        history.Delete(RevisionHistory.Surplus(ordered, r => IsLive(r, revisions, pods), set.Spec.RevisionHistoryLimit ?? 10));
        return StatefulSetReport.NextAvailable(set, plan.Present, clock.Now) is { } at ? ReconcileResult.After(at - clock.Now) : ReconcileResult.Done;
    }

    private static bool IsLive(ControllerRevision revision, SetRevisions revisions, List<Pod> pods) =>
        revision.Metadata.Name == revisions.CurrentName || revision.Metadata.Name == revisions.UpdateName
        || pods.Exists(p => StatefulPod.RevisionOf(p) == revision.Metadata.Name);

    /// <summary>The part that fails is the last one that is tried.</summary>
    private ApiException? Act(StatefulSet set, StatefulSetPlan plan, out int deletedForUpdate)
    {
        deletedForUpdate = 0;
        var failure = ActAll(set, plan.Replicas, plan.IsParallel) ?? ActAll(set, plan.Condemned, plan.IsParallel);
        if (failure is null && plan.Update is { } update)
        {
            failure = ActAll(set, [update], isParallel: false);
            deletedForUpdate = failure is null && StatefulPod.RevisionOf(update.Pod) == set.Status.CurrentRevision ? 1 : 0;
        }

        return failure;
    }

    private ApiException? ActAll(StatefulSet set, List<Step> steps, bool isParallel)
    {
        var next = 0;
        Exception? failure = null;
        if (isParallel)
        {
            SlowStart.Run(steps.Count, () => Try(set, steps[next++]), out failure);
        }
        else
        {
            while (failure is null && next < steps.Count)
            {
                failure = Try(set, steps[next++]);
            }
        }

        return (ApiException?)failure;
    }

    private ApiException? Try(StatefulSet set, Step step)
    {
        try
        {
            writer.Do(set, step);
            return null;
        }
        catch (ApiException refusal)
        {
            return refusal;
        }
    }

    private List<Pod> ClaimPods(StatefulSet set, Selector selector)
    {
        var ours = new List<Pod>();
        foreach (var pod in podsByOwner[set.Metadata.Uid ?? ""].Concat(orphans[set.Metadata.Namespace ?? ""]).ToList())
        {
            // A pod with another's name is no member, whatever its labels say.
            switch (Claiming.Decide(set.Metadata, Identity.IsMember(set, pod) ? selector : Selector.Nothing, pod.Metadata))
            {
                case Claim.Keep:
                    ours.Add(pod);
                    break;
                case Claim.Adopt:
                    ours.Add(api.Update(pod.WithMetadata(Claiming.Adopted(pod.Metadata, Ownership.ReferenceTo(set)))));
                    break;
                case Claim.Release:
                    api.Update(pod.WithMetadata(Claiming.Released(pod.Metadata, set.Metadata.Uid)));
                    break;
                default:
                    break;
            }
        }

        return ours;
    }

    private SetRevisions RevisionsOf(StatefulSet set, ObjectKey key, IReadOnlyList<ControllerRevision> ordered, ref int collisions)
    {
        if (!known.TryGetValue(key, out var template) || !ReferenceEquals(template.Template, set.Spec.Template))
        {
            known[key] = template = (set.Spec.Template, RevisionData.Text(set.Spec.Template), RevisionData.Of(set.Spec.Template));
        }

        var update = RevisionHistory.Equal(ordered, template.Data) is not { } equal ? Create(set, template.Text, template.Data, RevisionHistory.Next(ordered), ref collisions)
            : ReferenceEquals(equal, ordered[^1]) ? equal
            : history.Renumber(equal, RevisionHistory.Next(ordered));
        var current = ordered.FirstOrDefault(r => r.Metadata.Name == set.Status.CurrentRevision) ?? update;
        return new SetRevisions(current, update);
    }

    private ControllerRevision Create(StatefulSet set, byte[] text, OpaqueObject data, long number, ref int collisions)
    {
        var wanted = new ControllerRevision
        {
            Metadata = new ObjectMeta
            {
                Namespace = set.Metadata.Namespace,
                Annotations = set.Metadata.Annotations,
                OwnerReferences = [Ownership.ReferenceTo(set)],
            },
            Data = data,
            Revision = number,
        };
        return history.Create(wanted, Named, ref collisions);

        ControllerRevision Named(ControllerRevision revision, int count)
        {
            var hash = RevisionHash.Of(text, count);
            return revision with
            {
                Metadata = revision.Metadata with
                {
                    Name = RevisionHash.NameOf(set.Metadata.Name!, hash),
                    Labels = set.Spec.Template.Metadata.Labels.With(RevisionHash.Label, hash),
                },
            };
        }
    }

    private void WriteStatus(StatefulSet set, StatefulSetStatus status)
    {
        if (status != set.Status)
        {
            api.UpdateStatus(set with { Status = status });
        }
    }
}
