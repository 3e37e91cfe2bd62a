using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Owning;
using KubeLab.Controllers.ReplicaSets;
using KubeLab.Simulation;

namespace KubeLab.Controllers.DaemonSets;

/// <summary>Keeps one pod on each node that should have it.</summary>
/// <remarks>Upstream: pkg/controller/daemon.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/">DaemonSet</seealso>
public sealed class DaemonSetReconciler : IReconciler
{
    /// <summary>At most so many pods are made, and so many deleted, in one round.</summary>
    public const int Burst = 250;

    private readonly VirtualClock clock;
    private readonly EventRecorder events;
    private readonly Informer<DaemonSet> sets;
    private readonly Informer<Node> nodes;
    private readonly InformerIndex<Pod> podsByOwner;
    private readonly InformerIndex<Pod> orphans;
    private readonly IKubernetesApi api;
    private readonly DaemonHistory history;
    private readonly FailedPodBackoff backoff = new();

    internal DaemonSetReconciler(
        IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, InformerIndex<Pod> podsByOwner)
    {
        this.api = api;
        this.clock = clock;
        this.events = events;
        this.podsByOwner = podsByOwner;
        Expectations = new Expectations(clock);
        sets = informers.For<DaemonSet>();
        nodes = informers.For<Node>();
        orphans = informers.For<Pod>().IndexBy(p => Ownership.OrphanPlaceOf(p.Metadata));
        history = new DaemonHistory(api, informers);
    }

    /// <summary>What was asked for and not yet seen.</summary>
    internal Expectations Expectations { get; }

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (sets[key] is not { } set)
        {
            Expectations.Forget(key);
            history.Forget(key);
            return ReconcileResult.Done;
        }

        var selector = Claiming.SelectorOf(set.Spec.Selector);
        if (selector.IsEmpty)
        {
            events.Warning(set, "SelectingAll", "This daemon set is selecting all pods. A non-empty selector is required.");
            return ReconcileResult.Done;
        }

        // What a set that goes still has is the garbage collector's concern, its revisions too: there is nothing to count by.
        return set.Metadata.DeletionTimestamp is null ? Sync(set, key, selector) : ReconcileResult.Done;
    }

    private ReconcileResult Sync(DaemonSet set, ObjectKey key, Selector selector)
    {
        var pods = ClaimPods(set, selector);
        var (current, old) = history.Of(set, selector, pods);
        var hash = current.Metadata.Labels["controller-revision-hash"] ?? "";
        var template = new DaemonTemplate(set);
        var places = DaemonNode.All(template, nodes.Objects, pods);
        var isObserved = Expectations.AreMet(key);
        ApiException? failure = null;
        TimeSpan? pause = null;
        if (isObserved)
        {
            failure = Act(set, key, template, hash, DaemonPlan.Manage(set, places, hash, MayEnd, clock.Now));
            if (failure is null && Expectations.AreMet(key) && set.Spec.UpdateStrategy.Type == "RollingUpdate")
            {
                failure = Act(set, key, template, hash, DaemonRollout.Next(set, places, hash, clock.Now));
            }

            if (failure is null)
            {
                history.CleanUp(set, old, pods);
            }
        }

        WriteStatus(set, DaemonSetReport.Of(set, places, hash, isObserved, clock.Now));
        if (failure is not null)
        {
            throw failure;
        }

        var wait = DaemonSetReport.NextAvailable(set, places, clock.Now) is { } at ? at - clock.Now : (TimeSpan?)null;
        return new ReconcileResult(wait is null || pause < wait ? pause : wait);

        bool MayEnd(string node, Pod pod)
        {
            if (pod.Status.Phase == "Succeeded")
            {
                events.Normal(set, "SucceededDaemonPod", $"Found succeeded daemon pod {pod.Metadata.Namespace}/{pod.Metadata.Name} on node {node}, will try to delete it");
                return true;
            }

            var name = string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{set.Metadata.Uid}/{set.Status.ObservedGeneration}/{node}");
            if (backoff.Ask(name, clock.Now) is { } left)
            {
                pause = pause < left ? pause : left;
                return false;
            }

            backoff.Forget(clock.Now);
            events.Warning(set, "FailedDaemonPod", $"Found failed daemon pod {pod.Metadata.Namespace}/{pod.Metadata.Name} on node {node}, will try to kill it");
            return true;
        }
    }

    private ApiException? Act(DaemonSet set, ObjectKey key, DaemonTemplate template, string hash, DaemonPlan plan)
    {
        var (creations, deletions) = (Math.Min(plan.Nodes.Count, Burst), Math.Min(plan.Pods.Count, Burst));
        if (creations + deletions == 0)
        {
            return null;
        }

        Expectations.Expect(key, creations, plan.Pods.Take(deletions).Select(p => p.Metadata.Uid ?? ""));
        var copies = template.Copies(hash);
        var next = 0;
        var made = SlowStart.Run(creations, () => Create(set, copies(plan.Nodes[next++])), out var refusal);
        for (var i = made; i < creations; i++)
        {
            Expectations.SeeCreation(key);
        }

        var failure = (ApiException?)refusal;
        if (failure?.Status.Details?.Causes.Exists(c => c.Reason == "NamespaceTerminating") == true)
        {
            failure = null;
        }

        foreach (var pod in plan.Pods.Take(deletions))
        {
            failure = Delete(set, key, pod) ?? failure;
        }

        return failure;
    }

    private ApiException? Create(DaemonSet set, Pod pod)
    {
        try
        {
            var made = api.Create(pod);
            events.Normal(set, "SuccessfulCreate", $"Created pod: {made.Metadata.Name}");
            return null;
        }
        catch (ApiException refusal)
        {
            events.Warning(set, "FailedCreate", $"Error creating: {refusal.Message}");
            return refusal;
        }
    }

    private ApiException? Delete(DaemonSet set, ObjectKey key, Pod pod)
    {
        try
        {
            api.Delete<Pod>(pod.Metadata.Namespace!, pod.Metadata.Name!, new DeleteOptions { Uid = pod.Metadata.Uid });
            events.Normal(set, "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}");
            return null;
        }
        catch (ApiException refusal)
        {
            Expectations.SeeDeletion(key, pod.Metadata.Uid ?? "");
            if (refusal.IsNotFound)
            {
                return null;
            }

            events.Warning(set, "FailedDelete", $"Error deleting: {refusal.Message}");
            return refusal;
        }
    }

    private List<Pod> ClaimPods(DaemonSet set, Selector selector)
    {
        var ours = new List<Pod>(podsByOwner.CountOf(set.Metadata.Uid ?? ""));
        foreach (var pod in podsByOwner[set.Metadata.Uid ?? ""].Concat(orphans[set.Metadata.Namespace ?? ""]).ToList())
        {
            switch (Claiming.Decide(set.Metadata, selector, pod.Metadata))
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

    private void WriteStatus(DaemonSet set, DaemonSetStatus status)
    {
        if (status != set.Status)
        {
            api.UpdateStatus(set with { Status = status });
        }
    }
}
