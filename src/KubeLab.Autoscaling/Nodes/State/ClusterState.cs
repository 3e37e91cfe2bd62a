using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.Provider;

namespace KubeLab.Autoscaling.Nodes.State;

/// <summary>What was asked of the provider, what came of it, and which groups may be scaled.</summary>
/// <remarks>Upstream: clusterstate.ClusterStateRegistry.</remarks>
public sealed class ClusterState
{
    /// <summary>How long a node may take from being registered to being ready before it counts as broken.</summary>
    public static readonly TimeSpan MaxNodeStartup = TimeSpan.FromMinutes(15);

    /// <summary>How long a machine may take to go once its deletion was asked for.</summary>
    public static readonly TimeSpan MaxDeletion = TimeSpan.FromMinutes(5);

    private readonly ICloudNodeGroups cloud;
    private readonly ClusterAutoscalerOptions options;
    private readonly Action<bool, string, string> log;
    private readonly OrderedDictionary<string, ScaleUpRequest> scaleUps = new(StringComparer.Ordinal);
    private readonly List<ScaleDownRequest> scaleDowns = [];
    private readonly Dictionary<string, Readiness> byGroup = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AcceptableRange> ranges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IncorrectSize> incorrect = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InstanceError> seenErrors = new(StringComparer.Ordinal);
    private OrderedDictionary<string, UnregisteredMachine> unregistered = new(StringComparer.Ordinal);

    /// <summary>Makes one that knows nothing yet.</summary>
    /// <param name="cloud">The provider.</param>
    /// <param name="options">The settings.</param>
    /// <param name="log">Writes an event: whether it is a warning, its reason, its message.</param>
    public ClusterState(ICloudNodeGroups cloud, ClusterAutoscalerOptions options, Action<bool, string, string> log)
    {
        (this.cloud, this.options, this.log) = (cloud, options, log);
        Backoff = new GroupBackoff(options.InitialNodeGroupBackoff, options.MaxNodeGroupBackoff, options.NodeGroupBackoffReset);
    }

    /// <summary>The groups that are left alone after a failure.</summary>
    public GroupBackoff Backoff { get; }

    /// <summary>All nodes by how they are.</summary>
    public Readiness Total { get; private set; } = new();

    /// <summary>How many nodes there are.</summary>
    public int NodeCount { get; private set; }

    /// <summary>Machines without a node, and since when they were seen so.</summary>
    public IReadOnlyCollection<UnregisteredMachine> Unregistered => unregistered.Values;

    /// <summary>Whether few enough nodes are unready to go on.</summary>
    public bool IsHealthy =>
        Total.Unready.Count <= options.OkTotalUnreadyCount || Total.Unready.Count <= options.MaxTotalUnreadyPercentage / 100 * NodeCount;

    /// <summary>Whether a machine or a node is on its way.</summary>
    public bool IsInMotion => scaleUps.Count > 0 || scaleDowns.Count > 0 || unregistered.Count > 0 || incorrect.Count > 0 || Total.NotStarted.Count > 0 || Total.Deleted.Count > 0;

    /// <summary>The nodes of a group by how they are.</summary>
    public Readiness Of(string group) => byGroup.GetValueOrDefault(group) ?? new Readiness();

    /// <summary>How many nodes a group should have.</summary>
    public AcceptableRange RangeOf(string group) => ranges.GetValueOrDefault(group);

    /// <summary>Notes that machines were asked for; they have the provisioning time anew, also those asked for before.</summary>
    public void RegisterScaleUp(INodeGroup group, int delta, DateTimeOffset now)
    {
        if (!scaleUps.TryGetValue(group.Id, out var request))
        {
            if (delta > 0)
            {
                scaleUps.Add(group.Id, new ScaleUpRequest(group, now, now + options.MaxNodeProvisionTime, delta));
            }

            return;
        }

        if (request.Increase + delta <= 0)
        {
            scaleUps.Remove(group.Id);
            return;
        }

        request = request with { Increase = request.Increase + delta };
        scaleUps[group.Id] = delta > 0 ? request with { Time = now, ExpectedBy = now + options.MaxNodeProvisionTime } : request;
    }

    /// <summary>Notes that a machine's deletion was asked for.</summary>
    public void RegisterScaleDown(INodeGroup group, string node, DateTimeOffset now) => scaleDowns.Add(new ScaleDownRequest(group.Id, node, now + MaxDeletion));

    /// <summary>Notes that the provider refused or failed; the group is left alone for a while.</summary>
    public void RegisterFailedScaleUp(INodeGroup group, InstanceError error, DateTimeOffset now) => Backoff.Fail(group.Id, error, now);

    /// <summary>Takes in the nodes as they are now.</summary>
    public void Update(IReadOnlyCollection<Node> nodes, DateTimeOffset now)
    {
        NodeCount = nodes.Count;
        FindUnregistered(nodes, now);
        FindReadiness(nodes, now);
        FindRanges();
        CheckRequests(now);
        HandleCreationErrors(now);
        FindRanges();
        FindIncorrectSizes(now);
    }

    /// <summary>Takes in new targets after groups were resized.</summary>
    public void Recalculate() => FindRanges();

    /// <summary>Whether a group has about as many ready nodes as it should.</summary>
    public bool IsGroupHealthy(string group)
    {
        if (!ranges.TryGetValue(group, out var range))
        {
            return false;
        }

        if (!byGroup.TryGetValue(group, out var readiness))
        {
            return range.Target == 0 || (range.Min == 0 && range.Target > 0);
        }

        var missing = Math.Max(0, range.Min - readiness.Ready.Count);
        return missing <= options.OkTotalUnreadyCount
            || missing <= options.MaxTotalUnreadyPercentage / 100 * (readiness.Ready.Count + readiness.Unready.Count + readiness.NotStarted.Count);
    }

    /// <summary>Whether a group waits for machines that were asked for.</summary>
    public bool IsScalingUp(string group) => scaleUps.ContainsKey(group) && HasUpcoming(group);

    /// <summary>How many nodes of a group will come soon, and the names of those that are registered already.</summary>
    public (int Count, IReadOnlyList<string> Registered) UpcomingOf(string group)
    {
        var readiness = Of(group);
        var coming = RangeOf(group).Target - (readiness.Ready.Count + readiness.Unready.Count + readiness.LongUnregistered.Count);
        return coming <= 0 ? (0, []) : (coming, readiness.NotStarted);
    }

    /// <summary>How a group's number of nodes has differed from its target, and since when; null when it does not.</summary>
    public IncorrectSize? IncorrectSizeOf(string group) => incorrect.GetValueOrDefault(group);

    /// <summary>Machines of a group that could not be made.</summary>
    public static IReadOnlyList<Instance> FailedInstances(INodeGroup group) => [.. group.Instances.Where(i => i is { State: InstanceState.Creating, Error: not null })];

    private bool HasUpcoming(string group)
    {
        var readiness = byGroup.GetValueOrDefault(group);
        var provisioned = readiness is null ? 0 : readiness.Registered.Count - readiness.NotStarted.Count;
        return ranges.TryGetValue(group, out var range) && range.Target > provisioned;
    }

    private void FindUnregistered(IReadOnlyCollection<Node> nodes, DateTimeOffset now)
    {
        var known = nodes.Select(n => n.Spec.ProviderID).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var found = new OrderedDictionary<string, UnregisteredMachine>(StringComparer.Ordinal);
        foreach (var group in cloud.Groups)
        {
            foreach (var instance in group.Instances)
            {
                if (!known.Contains(instance.Id) && instance.State != InstanceState.Deleting && instance.Error is null)
                {
                    found.Add(instance.Id, unregistered.GetValueOrDefault(instance.Id) ?? new UnregisteredMachine(group, instance, now));
                }
            }
        }

        unregistered = found;
    }

    private void FindReadiness(IReadOnlyCollection<Node> nodes, DateTimeOffset now)
    {
        byGroup.Clear();
        Total = new Readiness();
        foreach (var node in nodes)
        {
            if (cloud.GroupOf(node) is { } group)
            {
                Count(GroupReadiness(group.Id), node, now);
            }

            Count(Total, node, now);
        }

        foreach (var machine in unregistered.Values)
        {
            var isLate = machine.Since + options.MaxNodeProvisionTime < now;
            var own = GroupReadiness(machine.Group.Id);
            (isLate ? own.LongUnregistered : own.Unregistered).Add(machine.Instance.Name);
            (isLate ? Total.LongUnregistered : Total.Unregistered).Add(machine.Instance.Name);
        }
    }

    private void Count(Readiness into, Node node, DateTimeOffset now)
    {
        var name = node.Metadata.Name!;
        into.Registered.Add(name);
        var list = !cloud.HasInstance(node) ? into.Deleted
            : NodeReadiness.IsReady(node) && !NodeReadiness.HasStartupTaint(node) ? into.Ready
            : node.Metadata.CreationTimestamp?.Instant + MaxNodeStartup > now ? into.NotStarted
            : into.Unready;
        list.Add(name);
    }

    private Readiness GroupReadiness(string group)
    {
        if (!byGroup.TryGetValue(group, out var readiness))
        {
            byGroup.Add(group, readiness = new Readiness());
        }

        return readiness;
    }

    private void FindRanges()
    {
        ranges.Clear();
        foreach (var group in cloud.Groups)
        {
            var size = group.TargetSize;
            var increase = scaleUps.GetValueOrDefault(group.Id)?.Increase ?? 0;
            ranges[group.Id] = new AcceptableRange(
                size - Of(group.Id).LongUnregistered.Count - increase, size + scaleDowns.Count(d => d.Group == group.Id), size);
        }
    }

    private void CheckRequests(DateTimeOffset now)
    {
        Backoff.Forget(now);
        foreach (var (id, request) in scaleUps.ToList())
        {
            if (!HasUpcoming(id))
            {
                scaleUps.Remove(id);
                Backoff.Succeed(id);
            }
            else if (request.ExpectedBy < now)
            {
                var took = GoDuration.Of(now - request.Time);
                log(true, "ScaleUpTimedOut", $"Nodes added to group {id} failed to register within {took}");
                RegisterFailedScaleUp(request.Group, new InstanceError(InstanceErrorClass.Other, "timeout", $"Scale-up timed out for node group {id} after {took}"), now);
                scaleUps.Remove(id);
            }
        }

        scaleDowns.RemoveAll(d => d.ExpectedBy <= now);
    }

    /// <summary>Machines that could not be made shorten the order, and the group is left alone; each is told once.</summary>
    private void HandleCreationErrors(DateTimeOffset now)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in cloud.Groups)
        {
            var failed = FailedInstances(group);
            present.UnionWith(failed.Select(i => i.Id));
            foreach (var errors in failed.GroupBy(i => (i.Error!.Class, i.Error.Code)))
            {
                var unseen = errors.Where(i => seenErrors.TryAdd(i.Id, i.Error!)).ToList();
                if (unseen.Count == 0 || !IsScalingUp(group.Id))
                {
                    continue;
                }

                var messages = string.Join(", ", errors.Select(i => i.Error!.Message).Distinct());
                log(true, "ScaleUpFailed", $"Failed adding {unseen.Count} nodes to group {group.Id} due to {ClassWord(errors.Key.Class)}.{errors.Key.Code}; source errors: {messages}");
                RegisterScaleUp(group, -unseen.Count, now);
                RegisterFailedScaleUp(group, new InstanceError(errors.Key.Class, errors.Key.Code, messages), now);
            }
        }

        foreach (var gone in seenErrors.Keys.Where(id => !present.Contains(id)).ToList())
        {
            seenErrors.Remove(gone);
        }
    }

    private static string ClassWord(InstanceErrorClass error) => error == InstanceErrorClass.OutOfResources ? "OutOfResource" : "Other";

    private void FindIncorrectSizes(DateTimeOffset now)
    {
        foreach (var group in cloud.Groups)
        {
            var (range, readiness) = (RangeOf(group.Id), byGroup.GetValueOrDefault(group.Id));
            var waiting = (readiness?.Unregistered.Count ?? 0) + (readiness?.LongUnregistered.Count ?? 0);
            var registered = readiness?.Registered.Count ?? 0;
            if (readiness is null || (registered <= range.Target && registered >= range.Target - waiting))
            {
                incorrect.Remove(group.Id);
            }
            else if (incorrect.GetValueOrDefault(group.Id) is not { } known || known.Current != registered || known.Expected != range.Target)
            {
                incorrect[group.Id] = new IncorrectSize(registered, range.Target, now);
            }
        }
    }

    private sealed record ScaleUpRequest(INodeGroup Group, DateTimeOffset Time, DateTimeOffset ExpectedBy, int Increase);

    private sealed record ScaleDownRequest(string Group, string Node, DateTimeOffset ExpectedBy);
}

/// <summary>How many nodes a group should have.</summary>
/// <param name="Min">The fewest ready ones, as long as others are still on their way.</param>
/// <param name="Max">The most, as long as others are still going.</param>
/// <param name="Target">How many the provider was asked for.</param>
public readonly record struct AcceptableRange(int Min, int Max, int Target);

/// <summary>A group whose number of nodes differs from its target.</summary>
/// <param name="Current">How many nodes it has.</param>
/// <param name="Expected">How many it should have.</param>
/// <param name="Since">When that was first seen.</param>
public sealed record IncorrectSize(int Current, int Expected, DateTimeOffset Since);

/// <summary>A machine without a node.</summary>
/// <param name="Group">Its group.</param>
/// <param name="Instance">The machine.</param>
/// <param name="Since">When it was first seen so.</param>
public sealed record UnregisteredMachine(INodeGroup Group, Instance Instance, DateTimeOffset Since);
