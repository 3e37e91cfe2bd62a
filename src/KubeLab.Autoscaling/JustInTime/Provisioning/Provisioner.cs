using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime.Provisioning;

/// <summary>Asks for machines for pods that the scheduler found no node for.</summary>
/// <remarks>Upstream: pkg/controllers/provisioning/provisioner.go.</remarks>
internal sealed class Provisioner
{
    private static readonly HashSet<string> None = [];
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SyncPause = TimeSpan.FromSeconds(1);

    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly Randomness chance;
    private readonly ClusterState state;
    private readonly ProvisioningPlanner planner;
    private readonly KarpenterEvents events;
    private readonly Batcher batcher;
    private readonly TimeSpan nomination;
    private Scheduled? again;

    public Provisioner(IKubernetesApi api, VirtualClock clock, Randomness chance, ClusterState state, ProvisioningPlanner planner, KarpenterEvents events, JustInTimeOptions options)
    {
        (this.api, this.clock, this.chance, this.state, this.planner, this.events) = (api, clock, chance, state, planner, events);
        nomination = options.BatchMax * 2 > LookAgain ? options.BatchMax * 2 : LookAgain;
        batcher = new Batcher(clock, options.BatchIdle, options.BatchMax, Provision);
        state.Cluster.Pods.Added += OnPod;
        state.Cluster.Pods.Updated += (_, pod) => OnPod(pod);
    }

    /// <summary>Somebody knows of pods that need a node.</summary>
    public void Trigger() => batcher.Trigger();

    public void Stop()
    {
        batcher.Stop();
        again?.Cancel();
        again = null;
    }

    /// <summary>Writes planned machines down, and tells the pods.</summary>
    public IReadOnlyList<CustomObject> Create(IEnumerable<PlannedClaim> claims, bool tellPods = true)
    {
        var created = new List<CustomObject>();
        foreach (var planned in claims)
        {
            var claim = (CustomObject)api.Create(KarpenterKinds.NodeClaims, ClaimFactory.Make(planned, chance), WriteOptions.Default);
            state.Note(claim);
            state.Nominate(claim.Metadata.Name!, nomination);
            created.Add(claim);
            foreach (var pod in tellPods ? planned.Pods : [])
            {
                events.Normal(pod, "Nominated", $"Pod should schedule on: nodeclaim/{claim.Metadata.Name}");
            }
        }

        return created;
    }

    private void OnPod(Pod pod)
    {
        if (PodSorts.IsProvisionable(pod))
        {
            Trigger();
        }
    }

    private void Provision()
    {
        if (!state.HasSynced)
        {
            LookLater(SyncPause);
            return;
        }

        var pods = state.Cluster.Waiting.Where(PodSorts.IsProvisionable).Concat(OnLeavingNodes()).ToList();
        if (pods.Count == 0)
        {
            return;
        }

        try
        {
            CarryOut(planner.Make(pods, None));
        }
        catch (ApiException)
        {
            // The server is away or refuses: the pods still wait, and are looked at again.
        }

        LookLater(LookAgain);
    }

    private void CarryOut(ProvisioningPlan plan)
    {
        Create(plan.NewClaims);
        foreach (var (pod, node) in plan.Placed)
        {
            state.Nominate(node, nomination);
            if (PodSorts.IsProvisionable(pod))
            {
                var claim = state.Claims.ContainsKey(node) ? $"nodeclaim/{node}" : null;
                var joined = state.Cluster.Nodes[new ObjectKey("", node)] is null ? null : $"node/{node}";
                events.Normal(pod, "Nominated", $"Pod should schedule on: {string.Join(", ", new[] { claim, joined }.OfType<string>())}");
            }
        }

        foreach (var (pod, why) in plan.Errors)
        {
            events.Warning(pod, "FailedScheduling", $"Failed to schedule pod, {why}", TimeSpan.FromMinutes(5));
        }
    }

    private IEnumerable<Pod> OnLeavingNodes() => state.Claims.Values
        .Where(c => c.IsGoing)
        .SelectMany(c => state.PodsOn(c.Status.NodeName ?? c.Name))
        .Where(PodSorts.IsReschedulable);

    private void LookLater(TimeSpan pause)
    {
        again?.Cancel();
        again = clock.After(pause, () =>
        {
            if (!state.HasSynced || state.Cluster.Waiting.Any(PodSorts.IsProvisionable))
            {
                Trigger();
            }
        });
    }
}
