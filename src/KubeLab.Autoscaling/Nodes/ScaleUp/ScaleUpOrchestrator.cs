using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.Expanders;
using KubeLab.Autoscaling.Nodes.Provider;
using KubeLab.Autoscaling.Nodes.State;
using KubeLab.Autoscaling.Simulating;

namespace KubeLab.Autoscaling.Nodes.ScaleUp;

/// <summary>Finds out which groups would help waiting pods, takes the best, and asks the provider for machines.</summary>
/// <remarks>Upstream: core/scaleup/orchestrator.</remarks>
/// <param name="cloud">The provider.</param>
/// <param name="state">Which groups may be scaled.</param>
/// <param name="snapshot">The cluster, nodes on their way included.</param>
/// <param name="templates">What new nodes would be.</param>
/// <param name="expanders">Choose among groups.</param>
/// <param name="options">The settings.</param>
/// <param name="log">Writes an event: whether it is a warning, its reason, its message.</param>
public sealed class ScaleUpOrchestrator(
    ICloudNodeGroups cloud, ClusterState state, ClusterSnapshot snapshot, NodeTemplates templates, ExpanderChain expanders, ClusterAutoscalerOptions options, Action<bool, string, string> log)
{
    private const string InBackoff = "in backoff after failed scale-up";
    private const string MaxSize = "max node group size reached";
    private const string NotReady = "not ready for scale-up";

    private readonly BinpackingEstimator estimator = new(snapshot);

    /// <summary>Grows one group, or several that are alike, for pods that fit nowhere.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="nodes">The nodes that are ready.</param>
    /// <param name="now">The present.</param>
    public ScaleUpResult ScaleUp(IReadOnlyList<Pod> pods, IReadOnlyList<Node> nodes, DateTimeOffset now)
    {
        var groups = PodGroup.Of(pods);
        var limits = ResourceLimits.ForScaleUp(options, nodes, cloud, g => templates.Of(g).Node);
        var skipped = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var valid = cloud.Groups.Where(g => Note(skipped, g, Skip(g, limits, now))).ToList();
        var schedulable = valid.ToDictionary(g => g.Id, g => Schedulable(groups, g), StringComparer.Ordinal);
        var choices = new List<ExpansionOption>();
        foreach (var group in valid)
        {
            if (OptionOf(group, valid, schedulable, nodes.Count) is { NodeCount: > 0, Pods.Count: > 0 } option)
            {
                choices.Add(option);
            }
        }

        if (expanders.Best(choices) is not { } best)
        {
            return new ScaleUpResult(ScaleUpOutcome.NoOptions) { Remaining = Remaining(groups, skipped) };
        }

        var wanted = Capped(best.NodeCount, nodes.Count);
        if (wanted < 1)
        {
            return new ScaleUpResult(ScaleUpOutcome.Failed) { Triggered = best.Pods };
        }

        wanted = limits.Allowed(ResourceLimits.Of(best.Template.Node), wanted);
        var infos = SimilarGroups.Balance([best.Group, .. best.SimilarGroups], wanted);
        return infos.All(i => Execute(i, now))
            ? new ScaleUpResult(ScaleUpOutcome.Successful) { Infos = infos, Triggered = best.Pods, Remaining = Remaining(groups, skipped) }
            : new ScaleUpResult(ScaleUpOutcome.Failed) { Triggered = best.Pods };
    }

    /// <summary>Grows groups that are smaller than their minimum.</summary>
    public ScaleUpResult ScaleUpToMinimum(IReadOnlyList<Node> nodes, DateTimeOffset now)
    {
        var limits = ResourceLimits.ForScaleUp(options, nodes, cloud, g => templates.Of(g).Node);
        var infos = new List<ScaleUpInfo>();
        foreach (var group in cloud.Groups.Where(g => g.TargetSize < g.MinSize && IsReadyToGrow(g, now) is null))
        {
            var wanted = limits.Allowed(ResourceLimits.Of(templates.Of(group).Node), Capped(group.MinSize - group.TargetSize, nodes.Count));
            if (wanted > 0)
            {
                infos.Add(new ScaleUpInfo(group, group.TargetSize, group.TargetSize + wanted));
            }
        }

        return infos.Count == 0 ? new ScaleUpResult(ScaleUpOutcome.NotNeeded)
            : infos.All(i => Execute(i, now)) ? new ScaleUpResult(ScaleUpOutcome.Successful) { Infos = infos }
            : new ScaleUpResult(ScaleUpOutcome.Failed);
    }

    private string? IsReadyToGrow(INodeGroup group, DateTimeOffset now) =>
        !state.IsGroupHealthy(group.Id) ? NotReady : state.Backoff.ErrorOf(group.Id, now) is not null ? InBackoff : null;

    private string? Skip(INodeGroup group, ResourceLimits limits, DateTimeOffset now) =>
        IsReadyToGrow(group, now)
        ?? (group.TargetSize >= group.MaxSize ? MaxSize
            : limits.ExceededBy(ResourceLimits.Of(templates.Of(group).Node)) is { Count: > 0 } names ? $"max cluster {string.Join(", ", names)} limit reached"
            : null);

    private static bool Note(SortedDictionary<string, string> skipped, INodeGroup group, string? reason)
    {
        if (reason is not null)
        {
            skipped.Add(group.Id, reason);
        }

        return reason is null;
    }

    private List<PodGroup> Schedulable(IReadOnlyList<PodGroup> groups, INodeGroup group) => snapshot.Trying(() =>
    {
        var template = templates.Of(group);
        var node = snapshot.AddNode(template.Node, template.Pods);
        var fitting = new List<PodGroup>();
        foreach (var pods in groups)
        {
            var (plugin, verdict) = snapshot.Try(pods.Pods[0]).Ask(node);
            if (verdict.IsSuccess)
            {
                pods.IsSchedulable = true;
                fitting.Add(pods);
            }
            else
            {
                pods.Misfits[group.Id] = new Misfit(plugin, verdict.Reasons.ToArray());
            }
        }

        return fitting;
    });

    private ExpansionOption? OptionOf(INodeGroup group, List<INodeGroup> valid, Dictionary<string, List<PodGroup>> schedulable, int nodes)
    {
        if (schedulable[group.Id] is not { Count: > 0 } pods)
        {
            return null;
        }

        var template = templates.Of(group);
        IReadOnlyList<INodeGroup> similar = options.BalanceSimilarNodeGroups
            ? [.. valid.Where(g => g.Id != group.Id && SimilarGroups.AreSimilar(template, templates.Of(g), options.BalancingIgnoredLabels) && pods.All(schedulable[g.Id].Contains))]
            : [];
        var room = similar.Prepend(group).Sum(g => g.MaxSize - g.TargetSize);
        var most = Math.Min(room, options.MaxNodesPerScaleUp);
        most = options.MaxNodesTotal > 0 ? Math.Min(most, options.MaxNodesTotal - nodes) : most;
        var (count, placed) = estimator.Estimate(pods, template, most);
        return new ExpansionOption(group, template, count, placed) { SimilarGroups = similar };
    }

    private int Capped(int wanted, int nodes)
    {
        if (options.MaxNodesTotal == 0 || wanted + nodes <= options.MaxNodesTotal)
        {
            return wanted;
        }

        log(true, "MaxNodesTotalReached", $"Max total nodes in cluster reached: {options.MaxNodesTotal}");
        return options.MaxNodesTotal - nodes;
    }

    private bool Execute(ScaleUpInfo info, DateTimeOffset now)
    {
        var (id, max) = (info.Group.Id, info.Group.MaxSize);
        log(false, "ScaledUpGroup", $"Scale-up: setting group {id} size to {info.NewSize} instead of {info.CurrentSize} (max: {max})");
        try
        {
            info.Group.IncreaseSize(info.NewSize - info.CurrentSize);
        }
        catch (CloudRefusalException refusal)
        {
            log(true, "FailedToScaleUpGroup", $"Scale-up failed for group {id}: {refusal.Message}");
            state.RegisterFailedScaleUp(info.Group, new InstanceError(refusal.Error.Class, "cloudProviderError", $"failed to increase node group size: {refusal.Message}"), now);
            return false;
        }

        state.RegisterScaleUp(info.Group, info.NewSize - info.CurrentSize, now);
        log(false, "ScaledUpGroup", $"Scale-up: group {id} size set to {info.NewSize} instead of {info.CurrentSize} (max: {max})");
        return true;
    }

    private static List<NoScaleUp> Remaining(IReadOnlyList<PodGroup> groups, SortedDictionary<string, string> skipped)
    {
        var remaining = new List<NoScaleUp>();
        foreach (var group in groups.Where(g => !g.IsSchedulable))
        {
            var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
            foreach (var reason in group.Misfits.Values.SelectMany(m => m.Reasons).Concat(skipped.Values))
            {
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            }

            remaining.AddRange(group.Pods.Select(p => new NoScaleUp(p, reasons)));
        }

        return remaining;
    }
}
