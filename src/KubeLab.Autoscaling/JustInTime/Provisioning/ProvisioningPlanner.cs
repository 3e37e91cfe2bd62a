using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Autoscaling.JustInTime.Offers;
using KubeLab.Autoscaling.Simulating;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Autoscaling.JustInTime.Provisioning;

/// <summary>Finds nodes for pods: those that exist first, then those on their way, then machines that are to be asked for, of any type that will do.</summary>
/// <remarks>
/// The largest pods go first. All that is put into the snapshot is taken back at the end. Preferences of pods (preferred affinity, ScheduleAnyway) are left to the scheduler, as with Karpenter's
/// <c>preferencePolicy: Ignore</c>. Upstream: pkg/controllers/provisioning/scheduling/scheduler.go.
/// </remarks>
internal sealed class ProvisioningPlanner(ClusterState state, IInstanceProvider provider, UnavailableOffers unavailable)
{
    private int placeholders;

    /// <summary>Plans for pods as if some claims' nodes were gone.</summary>
    /// <param name="pods">The pods that need a node.</param>
    /// <param name="leaving">The claims whose nodes do not count.</param>
    /// <param name="onlyInitialized">Whether nodes that are on their way do not count either.</param>
    public ProvisioningPlan Make(IEnumerable<Pod> pods, IReadOnlySet<string> leaving, bool onlyInitialized = false)
    {
        var ordered = InOrder(pods);
        return state.Cluster.Snapshot.Trying(() => Plan(ordered, leaving, onlyInitialized));
    }

    /// <summary>Largest first: CPU, then memory, then age, so that the same pods are always planned alike.</summary>
    public static IReadOnlyList<Pod> InOrder(IEnumerable<Pod> pods) =>
    [
        .. pods.Select(p => (Pod: p, Requests: PodRequests.Of(p.Spec)))
            .OrderByDescending(p => p.Requests.MilliCpu)
            .ThenByDescending(p => p.Requests.MemoryBytes)
            .ThenBy(p => p.Pod.Metadata.CreationTimestamp?.Instant)
            .ThenBy(p => ObjectKey.Of(p.Pod))
            .Select(p => p.Pod),
    ];

    /// <summary>The pools as sources of nodes: heaviest first.</summary>
    public IReadOnlyList<PoolTemplate> Templates(IReadOnlySet<string> leaving) =>
    [
        .. state.Pools.Values
            .Where(p => p is { IsGoing: false, IsReady: true })
            .OrderByDescending(p => p.Weight)
            .Select(p => new PoolTemplate(p, provider.Offers, state.DaemonSets.Objects, unavailable.IsAvailable, Remaining(p, leaving))),
    ];

    private ProvisioningPlan Plan(IReadOnlyList<Pod> pods, IReadOnlySet<string> leaving, bool onlyInitialized)
    {
        var snapshot = state.Cluster.Snapshot;
        var existing = Prepare(snapshot, leaving, onlyInitialized);
        var templates = Templates(leaving);
        var claims = new List<PlannedClaim>();
        var placed = new List<(Pod, string)>();
        var errors = new List<(Pod, string)>();
        var inOneZone = pods.Any(MindsZones);
        if (inOneZone)
        {
            AddDomains(snapshot, templates);
        }

        foreach (var pod in pods)
        {
            if (FindExisting(pod, snapshot, existing) is { } node)
            {
                placed.Add((pod, node));
            }
            else if (!JoinPlanned(pod, snapshot, claims, inOneZone) && BeginClaim(pod, snapshot, templates, claims, inOneZone) is { } why)
            {
                errors.Add((pod, why));
            }
        }

        return new(claims, placed, errors);
    }

    /// <summary>Puts into the snapshot what is on its way, takes out what leaves; the nodes that count, finished ones first.</summary>
    private List<string> Prepare(ClusterSnapshot snapshot, IReadOnlySet<string> leaving, bool onlyInitialized)
    {
        var unfinished = new List<string>();
        foreach (var claim in state.Claims.Values)
        {
            var node = state.NodeOf(claim);
            var name = node?.Metadata.Name ?? claim.Name;
            if (claim.IsGoing || leaving.Contains(claim.Name) || state.Marked.Contains(claim.Name) || (onlyInitialized && !claim.Is(NodeClaim.Initialized)))
            {
                snapshot.RemoveNode(name);
            }
            else if (!claim.Is(NodeClaim.Initialized) && claim.Is(NodeClaim.Launched))
            {
                snapshot.AddNode(Expected(claim, node));
                unfinished.Add(name);
            }
        }

        var finished = snapshot.Nodes.Select(n => n.Name).Where(n => !unfinished.Contains(n)).Order(StringComparer.Ordinal);
        return [.. finished, .. unfinished];
    }

    /// <summary>A node as it will be once it is open for pods.</summary>
    private Node Expected(NodeClaim claim, Node? node)
    {
        var name = node?.Metadata.Name ?? claim.Name;
        var labels = PoolTemplate.Joined(node?.Metadata.Labels ?? default, claim.Object.Metadata.Labels).With(KarpenterNames.Hostname, name);
        var startup = claim.Spec.StartupTaints ?? [];
        var taints = node is null
            ? claim.Taints
            : node.Spec.Taints.Where(t => !KarpenterNames.IsEphemeral(t.Key) && !Array.Exists(startup, s => s.Key == t.Key && s.Effect == t.Effect));
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pod in state.PodsOn(name))
        {
            foreach (var owner in pod.Metadata.OwnerReferences)
            {
                there.Add(owner.Uid);
            }
        }

        var overhead = DaemonOverhead.Of(state.DaemonSets.Objects, labels, taints, set => there.Contains(set.Metadata.Uid ?? ""));
        var allocatable = node is { Status.Allocatable.IsEmpty: false } ? node.Status.Allocatable : claim.Allocatable;
        return new Node
        {
            Metadata = new() { Name = name, Labels = labels },
            Spec = new() { Taints = taints },
            Status = new() { Capacity = claim.Capacity, Allocatable = Amounts.Less(allocatable, overhead) },
        };
    }

    // Zones in which nothing stands yet are domains all the same, because a machine can be had there: each gets a node without room.
    private static void AddDomains(ClusterSnapshot snapshot, IReadOnlyList<PoolTemplate> templates)
    {
        foreach (var template in templates)
        {
            foreach (var choice in template.Choices.Where(c => c.IsAvailable).DistinctBy(c => (c.Offer.Zone, c.Offer.CapacityType)))
            {
                var name = $"domain-placeholder-{template.Pool.Name}-{choice.Offer.Zone}-{choice.Offer.CapacityType}";
                snapshot.AddNode(new Node
                {
                    Metadata = new() { Name = name, Labels = choice.Labels.With(KarpenterNames.Hostname, name) },
                    Status = new() { Allocatable = ResourceList.Of(("pods", Quantity.Zero)) },
                });
            }
        }
    }

    private static string? FindExisting(Pod pod, ClusterSnapshot snapshot, List<string> existing)
    {
        var trial = snapshot.Try(pod);
        foreach (var name in existing)
        {
            if (snapshot.Find(name) is { } node && trial.Fits(node))
            {
                snapshot.Place(pod, name);
                return name;
            }
        }

        return null;
    }

    // Those with the fewest pods first, as upstream.
    private static bool JoinPlanned(Pod pod, ClusterSnapshot snapshot, List<PlannedClaim> claims, bool inOneZone) =>
        claims.OrderBy(c => c.Pods.Count).Any(c => c.TryAdd(pod, snapshot, inOneZone) is null);

    private string? BeginClaim(Pod pod, ClusterSnapshot snapshot, IReadOnlyList<PoolTemplate> templates, List<PlannedClaim> claims, bool inOneZone)
    {
        var reasons = new List<string>();
        foreach (var template in templates)
        {
            var within = template.Choices.Where(c => template.IsWithinLimits(c.Offer.Size)).ToList();
            if (within.Count == 0 && template.Choices.Count > 0)
            {
                reasons.Add($"all available instance types exceed limits for nodepool: \"{template.Pool.Name}\"");
                continue;
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"hostname-placeholder-{++placeholders:0000}");
            var claim = new PlannedClaim(template, name, [.. within.Where(c => c.IsAvailable)]);
            if (claim.TryAdd(pod, snapshot, inOneZone) is not { } why)
            {
                claims.Add(claim);
                template.Reserve(claim.Choices);
                return null;
            }

            reasons.Add($"incompatible with nodepool \"{template.Pool.Name}\", daemonset overhead={Amounts.Text(template.Overhead)}, {why}");
        }

        return reasons.Count == 0 ? "no nodepools found" : string.Join("; ", reasons);
    }

    // A rule about zones or other domains that nodes share: then a planned node must be certain of its own.
    private static bool MindsZones(Pod pod)
    {
        var affinity = pod.Spec.Affinity;
        return pod.Spec.TopologySpreadConstraints.Exists(c => c.WhenUnsatisfiable == "DoNotSchedule" && c.TopologyKey != KarpenterNames.Hostname)
            || affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution.Exists(t => t.TopologyKey != KarpenterNames.Hostname) == true
            || affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution.Exists(t => t.TopologyKey != KarpenterNames.Hostname) == true;
    }

    private ResourceList? Remaining(NodePool pool, IReadOnlySet<string> leaving)
    {
        if (pool.Spec.Limits is not { Count: > 0 } limits)
        {
            return null;
        }

        var used = default(ResourceVector);
        var nodes = 0;
        foreach (var claim in state.Claims.Values.Where(c => c.PoolName == pool.Name && !leaving.Contains(c.Name)))
        {
            used.Add(ResourceVector.From(claim.Capacity));
            nodes++;
        }

        var left = Amounts.Less(ResourceList.From(limits), used);
        return limits.TryGetValue("nodes", out var most) ? left.With("nodes", Quantity.Max(Quantity.Zero, most - Quantity.FromValue(nodes))) : left;
    }
}
