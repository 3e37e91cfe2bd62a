using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.Nodes.Expanders;
using KubeLab.Autoscaling.Nodes.Provider;
using KubeLab.Autoscaling.Nodes.ScaleDown;
using KubeLab.Autoscaling.Nodes.ScaleUp;
using KubeLab.Autoscaling.Nodes.State;
using KubeLab.Autoscaling.Simulating;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.Nodes;

/// <summary>Asks the provider for machines when pods fit nowhere, and gives machines back that are hardly requested and whose pods fit elsewhere.</summary>
/// <remarks>
/// One loop every ten seconds, in upstream's order: what the provider did, pods that wait, growth, nodes that are not needed, shrinking. A loop in which nothing can have changed is left out.
/// When no API server answers, it does nothing and goes on afterwards. Upstream: cluster-autoscaler core/static_autoscaler.go.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/cluster-administration/node-autoscaling/">Node autoscaling</seealso>
public sealed partial class ClusterAutoscaler
{
    private static readonly TimeSpan UnschedulablePodBuffer = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UnschedulableGpuPodBuffer = TimeSpan.FromSeconds(30);

    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly ICloudNodeGroups cloud;
    private readonly ClusterAutoscalerOptions options;
    private readonly WatchedCluster cluster;
    private readonly WatchedControllers controllers;
    private readonly EventRecorder events;
    private readonly StatusMap status;
    private readonly ClusterState state;
    private readonly NodeTemplates templates;
    private readonly ScaleUpOrchestrator orchestrator;
    private readonly ScaleDownPlanner planner;
    private readonly ScaleDownActuator actuator;
    private readonly HintedPlacing placing;
    private Repeating? timer;
    private DateTimeOffset? lastScaleUp;
    private DateTimeOffset? lastDelete;
    private DateTimeOffset? scaleDownProbed;
    private bool isInitialized;
    private bool isInLoop;

    /// <summary>Makes a stopped one.</summary>
    /// <param name="api">The server.</param>
    /// <param name="clock">The time.</param>
    /// <param name="chance">Decides among equal groups.</param>
    /// <param name="cloud">The provider.</param>
    /// <param name="options">The settings.</param>
    /// <exception cref="ArgumentException">The settings contradict each other; the message names the flag.</exception>
    public ClusterAutoscaler(IKubernetesApi api, VirtualClock clock, Randomness chance, ICloudNodeGroups cloud, ClusterAutoscalerOptions options)
    {
        if (options.Problem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(options));
        }

        (this.api, this.clock, this.cloud, this.options) = (api, clock, cloud, options);
        events = new EventRecorder(api, clock, chance.For("events"), "cluster-autoscaler");
        cluster = new WatchedCluster(api, clock, counts: p => (p.Spec.Priority ?? 0) >= options.ExpendablePodsPriorityCutoff);
        controllers = new WatchedControllers(api, clock);
        status = new StatusMap(api, clock, events);
        state = new ClusterState(cloud, options, status.Log);
        templates = new NodeTemplates(cluster.Snapshot, cloud, () => controllers.DaemonSets);
        var chain = new ExpanderChain([.. options.Expanders.Select(ExpanderOf).OfType<IExpander>()], chance.For("expander"));
        orchestrator = new ScaleUpOrchestrator(cloud, state, cluster.Snapshot, templates, chain, options, status.Log);
        var rules = new DrainRules(options, controllers);
        planner = new ScaleDownPlanner(cluster.Snapshot, cloud, rules, options);
        actuator = new ScaleDownActuator(api, clock, cluster, cloud, state, rules, events, options, () => controllers.Budgets, status.Log);
        placing = new HintedPlacing(cluster.Snapshot);
    }

    /// <summary>The settings.</summary>
    public ClusterAutoscalerOptions Options => options;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => timer is not null;

    /// <summary>What was asked of the provider and what came of it.</summary>
    public ClusterState State => state;

    /// <summary>Which nodes are not needed, and why others stay.</summary>
    public ScaleDownPlanner Planner => planner;

    /// <summary>How many loops it has gone through, and how many of them it could leave out.</summary>
    public (long All, long Skipped) Loops { get; private set; }

    /// <summary>Until when nothing is removed because something was added, removed or failed; null when nothing stands in the way.</summary>
    public DateTimeOffset? CooldownUntil
    {
        get
        {
            DateTimeOffset?[] ends =
            [
                lastScaleUp + options.ScaleDownDelayAfterAdd, lastDelete + options.ScaleDownDelayAfterDelete, actuator.LastFailure + options.ScaleDownDelayAfterFailure,
            ];
            return ends.Max() is { } end && end > clock.Now ? end : null;
        }
    }

    /// <summary>Begins to look every <see cref="ClusterAutoscalerOptions.ScanInterval"/>; does nothing when it runs.</summary>
    public void Start()
    {
        if (timer is null)
        {
            cluster.Start();
            controllers.Start();
            timer = clock.Every(options.ScanInterval, Loop, options.ScanInterval);
        }
    }

    /// <summary>Stops and forgets everything, as a process that ends; what it has marked stays marked.</summary>
    public void Stop()
    {
        timer?.Cancel();
        timer = null;
        isInitialized = false;
        actuator.Stop();
        planner.Clear();
        cluster.Stop();
        controllers.Stop();
        events.Stop();
    }

    private void Loop()
    {
        if (isInLoop || !cluster.HasSynced || !controllers.HasSynced)
        {
            return;
        }

        isInLoop = true;
        try
        {
            var isQuiet = IsQuiet;
            Loops = (Loops.All + 1, Loops.Skipped + (isQuiet ? 1 : 0));
            if (!isQuiet)
            {
                // Its caches would go on saying the same if nobody answered: ask before acting on them.
                status.Read();
                RunOnce();
                Remember();
            }

            status.Write(state, cloud, CandidatesByGroup, scaleDownProbed, isQuiet);
        }
        catch (ApiException)
        {
            // Nobody answers, or somebody was faster; the next loop looks again.
            Forget();
        }
        finally
        {
            isInLoop = false;
        }
    }

    private Dictionary<string, int> CandidatesByGroup() => planner.Unneeded
        .Select(n => cloud.GroupOf(n.Removable.Node)?.Id).OfType<string>().GroupBy(id => id).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    private void RunOnce()
    {
        var now = clock.Now;
        cluster.CatchUp();
        if (!isInitialized)
        {
            actuator.CleanUp(cluster.Nodes.Objects);
            isInitialized = true;
        }

        var nodes = cluster.Nodes.Objects.ToList();
        state.Update(nodes, now);
        RemoveUnregistered(now);
        if (!state.IsHealthy)
        {
            planner.Clear();
            status.Log(true, "ClusterUnhealthy", "Cluster is unhealthy");
            return;
        }

        DeleteFailed();
        if (!FixSizes(now))
        {
            Scale(nodes, now);
        }
    }

    private void Scale(List<Node> nodes, DateTimeOffset now)
    {
        bool hasCandidates;
        var waits = false;
        cluster.Snapshot.Fork();
        try
        {
            templates.Refresh(now);
            var notStarted = AddUpcoming();
            var settled = nodes.Where(n => !notStarted.Contains(n.Metadata.Name!)).ToList();
            var result = ScaleUp(PodsToHelp(now), [.. settled.Where(NodeReadiness.IsReadyAndSchedulable)], now);
            Tell(result);
            if (result.Outcome == ScaleUpOutcome.Successful)
            {
                lastScaleUp = now;
                state.Recalculate();
                return;
            }

            waits = result.Outcome == ScaleUpOutcome.InCooldown;
            if (!options.ScaleDownEnabled)
            {
                return;
            }

            hasCandidates = FindUnneeded(settled, now);
        }
        finally
        {
            cluster.Snapshot.Revert();
            cluster.CatchUp();
        }

        if (hasCandidates && !waits && CooldownUntil is null)
        {
            Remove(nodes, now);
        }

        if (options.EnforceNodeGroupMinSize && orchestrator.ScaleUpToMinimum([.. nodes.Where(NodeReadiness.IsReadyAndSchedulable)], now).Outcome == ScaleUpOutcome.Successful)
        {
            lastScaleUp = now;
            state.Recalculate();
        }
    }

    private ScaleUpResult ScaleUp(List<Pod> pods, IReadOnlyList<Node> ready, DateTimeOffset now)
    {
        if (pods.Count == 0)
        {
            return new ScaleUpResult(ScaleUpOutcome.NotNeeded);
        }

        if (options.MaxNodesTotal > 0 && ready.Count >= options.MaxNodesTotal)
        {
            var reasons = new SortedDictionary<string, int>();
            return new ScaleUpResult(ScaleUpOutcome.LimitedByMaxNodesTotal) { Remaining = [.. pods.Select(p => new NoScaleUp(p, reasons))] };
        }

        return AreAllNew(pods, now) ? new ScaleUpResult(ScaleUpOutcome.InCooldown) : orchestrator.ScaleUp(pods, ready, now);
    }

    /// <summary>Right after the first pods of a crowd more may come, and one decision for all is better.</summary>
    private static bool AreAllNew(List<Pod> pods, DateTimeOffset now)
    {
        var oldest = pods.Min(p => p.Metadata.CreationTimestamp?.Instant) + UnschedulablePodBuffer;
        var oldestOfGpu = pods.Where(WantsGpu).Min(p => p.Metadata.CreationTimestamp?.Instant) + UnschedulableGpuPodBuffer;
        return oldest > now || oldestOfGpu > now;
    }

    private static bool WantsGpu(Pod pod) => pod.Spec.Containers.Exists(static c => c.Resources.Requests.ContainsKey("nvidia.com/gpu"));

    private bool FindUnneeded(List<Node> settled, DateTimeOffset now)
    {
        var before = planner.Unneeded.Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        var candidates = settled.Where(n => cloud.GroupOf(n) is { } group && group.TargetSize > group.MinSize && cloud.HasInstance(n))
            .OrderBy(n => IsEmpty(n) ? 0 : 1).ThenBy(n => before.Contains(n.Metadata.Name!) ? 0 : 1).ToList();
        planner.Update(candidates, settled, actuator.Deleting, actuator.RecentEvictions(), controllers.Budgets, now);
        foreach (var node in settled)
        {
            if (cloud.GroupOf(node) is { } group && group.TargetSize <= group.MinSize && !actuator.Deleting.Contains(node.Metadata.Name!))
            {
                planner.Note(new UnremovableNode(node.Metadata.Name!, UnremovableReason.NodeGroupMinSizeReached));
            }
        }

        scaleDownProbed = now;
        return candidates.Count > 0;
    }

    private bool IsEmpty(Node node) => cluster.Snapshot.Find(node.Metadata.Name!)?.Pods.All(p => PodTraits.IsMirror(p.Pod) || PodTraits.IsDaemon(p.Pod)) ?? true;

    private void Remove(List<Node> nodes, DateTimeOffset now)
    {
        var deleting = actuator.Deleting;
        var limits = ResourceLimits.ForScaleDown(options, nodes.Where(n => !deleting.Contains(n.Metadata.Name!)));
        var (empty, occupied) = planner.NodesToDelete(actuator.DeletingOf, limits, now);
        if (actuator.Start(empty, occupied))
        {
            lastDelete = now;
            state.Recalculate();
        }
        else if (options.MaxBulkSoftTaintCount > 0)
        {
            actuator.MarkCandidates(planner.Unneeded.Select(n => n.Name).ToHashSet(StringComparer.Ordinal), nodes.Where(n => cloud.GroupOf(n) is not null && !deleting.Contains(n.Metadata.Name!)));
        }
    }

    private void Tell(ScaleUpResult result)
    {
        if (result.Outcome is not (ScaleUpOutcome.Successful or ScaleUpOutcome.Failed))
        {
            foreach (var pod in result.Remaining)
            {
                var why = result.Outcome == ScaleUpOutcome.LimitedByMaxNodesTotal ? "max total nodes in cluster reached" : pod.Message;
                events.Normal(pod.Pod, "NotTriggerScaleUp", $"pod didn't trigger scale-up: {why}");
            }
        }

        if (result.Infos.Count > 0)
        {
            foreach (var pod in result.Triggered)
            {
                events.Normal(pod, "TriggeredScaleUp", $"pod triggered scale-up: [{string.Join(' ', result.Infos)}]");
            }
        }
    }

    private IExpander? ExpanderOf(ExpanderName name) => name switch
    {
        ExpanderName.MostPods => new MostPodsExpander(),
        ExpanderName.LeastWaste => new LeastWasteExpander(),
        ExpanderName.LeastNodes => new LeastNodesExpander(),
        ExpanderName.Price => new PriceExpander(cloud, () => cluster.Nodes.Count),
        ExpanderName.Priority => new PriorityExpander(api, (map, reason, message) => events.Warning(map, reason, message)),
        _ => null,
    };
}
