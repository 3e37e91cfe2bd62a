using System.Globalization;
using KubeLab.Api;
using KubeLab.Autoscaling.Nodes;
using KubeLab.Autoscaling.Nodes.Provider;
using KubeLab.Autoscaling.Nodes.ScaleDown;
using KubeLab.Formatting;

namespace KubeLab.Views;

/// <summary>What the cluster autoscaler thinks of each node that it could remove.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class ScaleDownView : IShown
{
    private readonly string caption;

    internal ScaleDownView(ClusterAutoscaler autoscaler, ICloudNodeGroups cloud, DateTimeOffset now)
    {
        var planner = autoscaler.Planner;
        var nodes = planner.Utilizations.Keys.Concat(planner.Unneeded.Select(n => n.Name)).Concat(planner.Unremovable.Keys).Distinct().Order(StringComparer.Ordinal);
        Nodes = [.. nodes.Select(n => Of(n, autoscaler, now))];
        caption = autoscaler.CooldownUntil is { } end
            ? FormattableString.Invariant($"Nothing is removed before {end:HH:mm:ss}: something was added, removed or failed a short while ago")
            : $"Nodes of {string.Join(", ", cloud.Groups.Select(g => FormattableString.Invariant($"{g.Id} ({g.TargetSize} of {g.MinSize} to {g.MaxSize})")))}";
    }

    /// <summary>The nodes, by name.</summary>
    public IReadOnlyList<ScaleDownNode> Nodes { get; }

    /// <summary>The node called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">The autoscaler has not looked at such a node; the message lists those it has.</exception>
    public ScaleDownNode this[string name] => Nodes.FirstOrDefault(n => n.Name == name)
        ?? throw new ArgumentException($"no node \"{name}\"; the autoscaler has looked at {(Nodes.Count == 0 ? "none yet" : string.Join(", ", Nodes.Select(n => n.Name)))}", nameof(name));

    /// <inheritdoc/>
    public override string ToString() => Table().ToString();

    string IShown.ToHtml() => Table().ToHtml();

    private ShownTable Table()
    {
        var table = new ShownTable(caption, "node", "requested", "unneeded for", "stays because", "what to do");
        foreach (var node in Nodes)
        {
            table.Add(
                node.Name,
                node.Utilization is { } share ? share.ToString("P0", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal) : "",
                node.UnneededFor is { } span ? HumanDuration.Format(span) : "",
                node.Reason is { } reason ? $"{reason}{(node.Pod is null ? "" : $": {node.BlockingReason} {node.Pod}")}" : "",
                node.Advice);
        }

        return table;
    }

    private static ScaleDownNode Of(string name, ClusterAutoscaler autoscaler, DateTimeOffset now)
    {
        var planner = autoscaler.Planner;
        var unneeded = planner.Unneeded.FirstOrDefault(n => n.Name == name);
        var why = planner.Unremovable.GetValueOrDefault(name);
        return new ScaleDownNode(
            name,
            planner.Utilizations.GetValueOrDefault(name)?.Value,
            unneeded is null ? null : now - unneeded.Since,
            why?.Reason,
            why?.Blocker?.Reason,
            why?.Blocker is { } blocker ? ObjectKey.Of(blocker.Pod).ToString() : why?.Detail,
            why is null ? unneeded is null ? "" : "it goes when its time has come" : Advice(why, autoscaler.Options));
    }

    private static string Advice(UnremovableNode why, ClusterAutoscalerOptions options) => why.Reason switch
    {
        UnremovableReason.ScaleDownDisabledAnnotation => "take its annotation cluster-autoscaler.kubernetes.io/scale-down-disabled away",
        UnremovableReason.ScaleDownUnreadyDisabled => "let unready nodes be removed (scale-down-unready-enabled)",
        UnremovableReason.NotAutoscaled => "autoscale its pool",
        UnremovableReason.NotUnneededLongEnough => $"wait: it has to be unneeded for {GoDuration.Of(options.ScaleDownUnneededTime)} (scale-down-unneeded-time)",
        UnremovableReason.NotUnreadyLongEnough => $"wait: it has to be unready for {GoDuration.Of(options.ScaleDownUnreadyTime)} (scale-down-unready-time)",
        UnremovableReason.NodeGroupMinSizeReached => "lower its pool's minimum",
        UnremovableReason.MinimalResourceLimitExceeded => "lower the cluster's minimum of cores or memory (cores-total, memory-total)",
        UnremovableReason.CurrentlyBeingDeleted => "nothing: it is going",
        UnremovableReason.NotUnderutilized => FormattableString.Invariant($"nothing: {options.ScaleDownUtilizationThreshold:P0} or more of it is requested (scale-down-utilization-threshold)").Replace(" %", "%", StringComparison.Ordinal),
        UnremovableReason.NoPlaceToMovePods => "ask why the pod fits nowhere else: its requests, its node selector, its spread",
        UnremovableReason.BlockedByPod => why.Blocker!.Reason switch
        {
            BlockingPodReason.NotReplicated => "let a Deployment, StatefulSet or Job make the pod, or annotate it safe-to-evict: \"true\"",
            BlockingPodReason.LocalStorageRequested => "name its volumes in the annotation safe-to-evict-local-volumes, or keep its files elsewhere",
            BlockingPodReason.NotSafeToEvictAnnotation => "take its annotation safe-to-evict: \"false\" away when it may be interrupted",
            BlockingPodReason.UnmovableKubeSystemPod => "give it a PodDisruptionBudget, which says that it may be moved",
            BlockingPodReason.NotEnoughPdb => "run more copies, or let its PodDisruptionBudget allow a disruption",
            BlockingPodReason.MinReplicasReached => "run more copies of it",
            _ => "delete it: its owner is gone",
        },
        _ => "look at the node: it does not say how much it has",
    };
}

/// <summary>What the cluster autoscaler thinks of one node.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Utilization">What share of it is requested, 0 to 1; null where that was not looked at.</param>
/// <param name="UnneededFor">How long it has not been needed; null when it is.</param>
/// <param name="Reason">Why it stays, as upstream calls it; null when nothing keeps it.</param>
/// <param name="BlockingReason">Why a pod keeps it, as upstream calls it; null when none does.</param>
/// <param name="Pod">That pod, as <c>namespace/name</c>, or the one that fits nowhere else.</param>
/// <param name="Advice">What to do.</param>
public sealed record ScaleDownNode(
    string Name, double? Utilization, TimeSpan? UnneededFor, UnremovableReason? Reason, BlockingPodReason? BlockingReason, string? Pod, string Advice);
