using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Owning;
using KubeLab.Controllers.Pods;
using KubeLab.Simulation;

namespace KubeLab.Controllers.ReplicaSets;

/// <summary>Keeps as many pods as a replica set asks for.</summary>
/// <remarks>Upstream: pkg/controller/replicaset.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/">ReplicaSet</seealso>
public sealed class ReplicaSetReconciler : IReconciler
{
    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly EventRecorder events;
    private readonly Informer<ReplicaSet> sets;
    private readonly InformerIndex<ReplicaSet> setsByOwner;
    private readonly InformerIndex<Pod> podsByOwner;
    private readonly InformerIndex<Pod> orphans;
    private readonly HashSet<ObjectKey> claimsDue = [];
    private readonly Dictionary<ObjectKey, PodTemplating> templates = [];

    internal ReplicaSetReconciler(
        IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, InformerIndex<Pod> podsByOwner)
    {
        this.api = api;
        this.clock = clock;
        this.events = events;
        this.podsByOwner = podsByOwner;
        Expectations = new Expectations(clock);
        sets = informers.For<ReplicaSet>();
        setsByOwner = sets.IndexBy(s => Ownership.ControllerUidOf(s.Metadata));
        var pods = informers.For<Pod>();
        orphans = pods.IndexBy(p => Ownership.OrphanPlaceOf(p.Metadata));
        pods.Changed += Tallies.Change;
    }

    /// <summary>What was asked for and not yet seen.</summary>
    internal Expectations Expectations { get; }

    /// <summary>The counts of pods by owner.</summary>
    internal PodTallies Tallies { get; } = new();

    /// <summary>
    /// Makes the next call look through all pods for ones to adopt or release; needed only when labels, selectors or owners change.
    /// </summary>
    internal void ReviewClaims(ObjectKey key) => claimsDue.Add(key);

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (sets[key] is not { } set)
        {
            Expectations.Forget(key);
            templates.Remove(key);
            claimsDue.Remove(key);
            return ReconcileResult.Done;
        }

        // What was adopted or released just now reaches the tally and the index a moment later.
        var claimed = claimsDue.Contains(key) ? Claim(set) : null;
        claimsDue.Remove(key);
        var tally = Tallies[set.Metadata.Uid ?? ""];
        ApiException? failure = null;
        if (set.Metadata.DeletionTimestamp is null && Expectations.AreMet(key))
        {
            failure = Manage(set, key, ReplicaPlan.For(set.Spec.Replicas ?? 1, tally.Active + (claimed?.Change ?? 0)), claimed);
        }

        var next = WriteStatus(set, tally, failure);
        if (failure is not null)
        {
            throw failure;
        }

        return next is { } at ? ReconcileResult.After(at - clock.Now) : ReconcileResult.Done;
    }

    private ApiException? Manage(ReplicaSet set, ObjectKey key, ReplicaPlan plan, ClaimedPods? claimed) =>
        plan.Create > 0 ? Create(set, key, plan.Create) : plan.Delete > 0 ? Delete(set, key, plan.Delete, claimed) : null;

    private ApiException? Create(ReplicaSet set, ObjectKey key, int count)
    {
        Expectations.ExpectCreations(key, count);
        if (!templates.TryGetValue(key, out var template) || !template.Serves(set))
        {
            templates[key] = template = new PodTemplating(set);
        }

        var made = SlowStart.Run(count, () => CreateOne(set, template), out var failure);
        for (var i = made; i < count; i++)
        {
            Expectations.SeeCreation(key);
        }

        // A namespace that goes takes no new pods; that is no failure, the set goes with it.
        return failure is ApiException { Status.Details.Causes: var causes } && causes.Exists(c => c.Reason == "NamespaceTerminating")
            ? null
            : (ApiException?)failure;
    }

    private ApiException? CreateOne(ReplicaSet set, PodTemplating template)
    {
        try
        {
            var pod = api.Create(template.Next());
            events.Normal(set, "SuccessfulCreate", $"Created pod: {pod.Metadata.Name}");
            return null;
        }
        catch (ApiException refusal)
        {
            events.Warning(set, "FailedCreate", $"Error creating: {refusal.Message}");
            return refusal;
        }
    }

    private ApiException? Delete(ReplicaSet set, ObjectKey key, int count, ClaimedPods? claimed)
    {
        var active = Correct(podsByOwner[set.Metadata.Uid ?? ""].Where(PodState.IsActive)).ToList();
        var victims = ReplicaPlan.Choose(active, Correct(Related(set)), count, clock.Now);
        Expectations.ExpectDeletions(key, victims.Select(v => v.Metadata.Uid ?? ""));
        ApiException? failure = null;
        foreach (var victim in victims)
        {
            try
            {
                api.Delete<Pod>(victim.Metadata.Namespace!, victim.Metadata.Name!, new DeleteOptions { Uid = victim.Metadata.Uid });
                events.Normal(set, "SuccessfulDelete", $"Deleted pod: {victim.Metadata.Name}");
            }
            catch (ApiException refusal)
            {
                Expectations.SeeDeletion(key, victim.Metadata.Uid ?? "");
                if (!refusal.IsNotFound)
                {
                    events.Warning(set, "FailedDelete", $"Error deleting: {refusal.Message}");
                    failure ??= refusal;
                }
            }
        }

        return failure;

        IEnumerable<Pod> Correct(IEnumerable<Pod> pods) => claimed?.Correct(pods) ?? pods;
    }

    /// <summary>The active pods of all replica sets of the same owner: old and new pods of one deployment crowd a node alike.</summary>
    private IEnumerable<Pod> Related(ReplicaSet set)
    {
        IEnumerable<ReplicaSet> siblings = Ownership.ControllerUidOf(set.Metadata) is { } owner ? setsByOwner[owner] : [set];
        return siblings.SelectMany(s => podsByOwner[s.Metadata.Uid ?? ""]).Where(PodState.IsActive);
    }

    /// <summary>Adopts and releases pods.</summary>
    private ClaimedPods Claim(ReplicaSet set)
    {
        var claimed = new ClaimedPods();
        var selector = Claiming.SelectorOf(set.Spec.Selector);
        var candidates = podsByOwner[set.Metadata.Uid ?? ""].Concat(orphans[set.Metadata.Namespace ?? ""]);
        foreach (var pod in candidates.Where(PodState.IsActive).ToList())
        {
            switch (Claiming.Decide(set.Metadata, selector, pod.Metadata))
            {
                case Owning.Claim.Adopt:
                    claimed.Adopt(api.Update(pod.WithMetadata(Claiming.Adopted(pod.Metadata, Ownership.ReferenceTo(set)))));
                    break;
                case Owning.Claim.Release:
                    claimed.Release(api.Update(pod.WithMetadata(Claiming.Released(pod.Metadata, set.Metadata.Uid))));
                    break;
                default:
                    break;
            }
        }

        return claimed;
    }

    /// <summary>Writes the status when it changed; returns when a ready pod will have been ready for long enough.</summary>
    private DateTimeOffset? WriteStatus(ReplicaSet set, PodTally tally, ApiException? failure)
    {
        var (available, next) = set.Spec.MinReadySeconds == 0
            ? (tally.Ready, null)
            : ReplicaSetReport.Availability(podsByOwner[set.Metadata.Uid ?? ""], set.Spec.MinReadySeconds, clock.Now);
        var status = ReplicaSetReport.Of(set, tally, available, failure, clock.Now);
        if (status != set.Status)
        {
            api.UpdateStatus(set with { Status = status });
        }

        return next;
    }
}
