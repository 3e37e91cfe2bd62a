using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.JustInTime.Disruption;
using KubeLab.Autoscaling.JustInTime.Lifecycle;
using KubeLab.Autoscaling.JustInTime.Offers;
using KubeLab.Autoscaling.JustInTime.Provisioning;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime;

/// <summary>Just-in-time nodes: machines of whatever type suits the pods that wait, rented one by one, and consolidated when fewer or cheaper ones would do.</summary>
/// <remarks>Upstream twin: Karpenter 1.x. It knows the cluster by its API alone, and the provider by <see cref="IInstanceProvider"/>.</remarks>
/// <seealso href="https://karpenter.sh/docs/concepts/">Karpenter: concepts</seealso>
public sealed class JustInTimeAutoscaler
{
    private readonly IKubernetesApi api;
    private readonly IInstanceProvider provider;
    private readonly ClusterState state;
    private readonly EventRecorder recorder;
    private readonly KarpenterEvents events;
    private readonly ClaimWriter writer;
    private readonly Provisioner provisioner;
    private readonly Disruptor disruptor;
    private readonly Controller claims;
    private readonly Controller nodes;
    private readonly Controller pools;
    private bool isRunning;

    /// <summary>Makes a stopped one.</summary>
    /// <param name="api">The server.</param>
    /// <param name="clock">The time.</param>
    /// <param name="chance">Decides the names of claims.</param>
    /// <param name="provider">Who rents machines.</param>
    /// <param name="options">Its settings; Karpenter's defaults when null.</param>
    public JustInTimeAutoscaler(IKubernetesApi api, VirtualClock clock, Randomness chance, IInstanceProvider provider, JustInTimeOptions? options = null)
    {
        options ??= JustInTimeOptions.Default;
        (this.api, this.provider) = (api, provider);
        state = new ClusterState(api, clock);
        recorder = new EventRecorder(api, clock, chance.For("events"), KarpenterNames.Component);
        events = new KarpenterEvents(recorder, clock);
        writer = new ClaimWriter(api, clock, state);
        var unavailable = new UnavailableOffers(clock, options.UnavailableFor);
        var planner = new ProvisioningPlanner(state, provider, unavailable);
        provisioner = new Provisioner(api, clock, chance.For("names"), state, planner, events, options);
        var launcher = new Launcher(api, clock, provider, unavailable, writer, events) { Failed = provisioner.Trigger, Changed = name => claims?.Enqueue(new ObjectKey("", name)) };
        claims = new Controller("nodeclaim.lifecycle", clock, new ClaimReconciler(api, clock, provider, launcher, writer, new ClaimMarks(clock, state, writer), options));
        nodes = new Controller("node.termination", clock, new NodeTermination(api, state, provider, new Drain(api, clock, events), writer));
        pools = new Controller("nodepool.counter", clock, new PoolReconciler(api, clock, state));
        var consolidation = new Consolidation(state, planner, events, options.SpotToSpotConsolidation);
        var queue = new DisruptionQueue(api, clock, state, provisioner, writer, events);
        disruptor = new Disruptor(clock, state, new CandidateFinder(state, provider, clock, events), planner, consolidation, queue, events, options);
        state.ClaimChanged += OnClaim;
        state.PoolChanged += OnPool;
        state.Cluster.Nodes.Changed += OnNode;
        provider.Interrupted += OnInterrupted;
    }

    /// <summary>Whether it works.</summary>
    public bool IsRunning => isRunning;

    /// <summary>Begins to work; kinds of its own that are not there are stored first.</summary>
    /// <exception cref="ApiException">The server cannot be reached.</exception>
    public void Start()
    {
        if (isRunning)
        {
            return;
        }

        foreach (var definition in KarpenterKinds.Definitions())
        {
            if (api.Find<CustomResourceDefinition>("", definition.Metadata.Name!) is null)
            {
                api.Create(definition);
            }
        }

        isRunning = true;
        state.Start();
        claims.Start();
        nodes.Start();
        pools.Start();
        disruptor.Start();
    }

    /// <summary>Stops at once and forgets what it knew, as a process that ends; machines stay.</summary>
    public void Stop()
    {
        isRunning = false;
        disruptor.Stop();
        provisioner.Stop();
        claims.Stop();
        nodes.Stop();
        pools.Stop();
        state.Stop();
        recorder.Stop();
    }

    private void OnClaim(string name)
    {
        claims.Enqueue(new ObjectKey("", name));
        if (state.Claims.TryGetValue(name, out var claim))
        {
            pools.Enqueue(new ObjectKey("", claim.PoolName));
            if (claim.IsGoing)
            {
                provisioner.Trigger();
            }
        }
        else
        {
            foreach (var pool in state.Pools.Keys)
            {
                pools.Enqueue(new ObjectKey("", pool));
            }
        }
    }

    // A pool that is new or other may suit pods that nothing suited, and its claims may have drifted.
    private void OnPool(string name)
    {
        pools.Enqueue(new ObjectKey("", name));
        if (!state.Pools.TryGetValue(name, out var pool))
        {
            return;
        }

        provisioner.Trigger();
        foreach (var claim in state.Claims.Values)
        {
            if (claim.PoolName == pool.Name)
            {
                claims.Enqueue(new ObjectKey("", claim.Name));
            }
        }
    }

    private void OnNode(Node? old, Node? node)
    {
        var name = (node ?? old!).Metadata.Name!;
        if (state.Claims.ContainsKey(name))
        {
            claims.Enqueue(new ObjectKey("", name));
        }

        if (node?.Metadata.DeletionTimestamp is not null)
        {
            nodes.Enqueue(new ObjectKey("", name));
        }
    }

    // Another machine is asked for before this one has gone.
    private void OnInterrupted(string name)
    {
        if (isRunning && state.Claims.TryGetValue(name, out var claim) && !claim.IsGoing)
        {
            events.Warning(claim.Object, "SpotInterrupted", "Spot interruption warning was triggered");
            if (state.NodeOf(claim) is { } node)
            {
                events.Warning(node, "SpotInterrupted", "Spot interruption warning was triggered");
            }

            try
            {
                writer.Delete(name);
            }
            catch (ApiException)
            {
                // The machine goes anyway, and its claim is found without one.
            }
        }
    }
}
