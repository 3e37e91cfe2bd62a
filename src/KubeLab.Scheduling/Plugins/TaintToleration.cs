using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Refuses nodes with a NoSchedule or NoExecute taint that the pod does not tolerate, and prefers those with fewer PreferNoSchedule ones.</summary>
/// <remarks>Upstream: scheduler/framework/plugins/tainttoleration.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/">Taints and tolerations</seealso>
public sealed class TaintToleration : IFilterPlugin, IScorePlugin
{
    /// <inheritdoc/>
    public string Name => "TaintToleration";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.NodeAdded | ClusterChange.NodeTaints | ClusterChange.PodUpdated;

    /// <inheritdoc/>
    public bool IsNodeLocal => true;

    /// <inheritdoc/>
    public bool MayHelp(Pod waiting, in ClusterEvent change) => change.New switch
    {
        Node node => FirstUntolerated(waiting.Spec.Tolerations, node) is null
            && !(change.Old is Node old && FirstUntolerated(waiting.Spec.Tolerations, old) is null),
        Pod now => change.Old is not Pod before || now.Spec.Tolerations != before.Spec.Tolerations,
        _ => true,
    };

    /// <inheritdoc/>
    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node) => FirstUntolerated(pod.Demand.Spec.Tolerations, node.Node!) is { } taint
        ? Verdict.Unresolvable($"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}")
        : Verdict.Success;

    /// <inheritdoc/>
    public Verdict PreScore(CycleState state, PodInfo pod, Candidates nodes) => Verdict.Success;

    /// <inheritdoc/>
    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        long count = 0;
        foreach (var taint in node.Node!.Spec.Taints)
        {
            if (taint.Effect == "PreferNoSchedule" && !ToleratesPreference(pod.Demand.Spec.Tolerations, taint))
            {
                count++;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public bool Normalize(Span<long> scores)
    {
        Normalization.Scale(scores, reverse: true);
        return true;
    }

    /// <summary>The first taint of <paramref name="node"/> that keeps a pod with <paramref name="tolerations"/> away, or null.</summary>
    public static Taint? FirstUntolerated(ValueList<Toleration> tolerations, Node node)
    {
        foreach (var taint in node.Spec.Taints)
        {
            if (taint.Effect is "NoSchedule" or "NoExecute" && !Tolerates(tolerations, taint))
            {
                return taint;
            }
        }

        return null;
    }

    /// <summary>Whether any of <paramref name="tolerations"/> tolerates <paramref name="taint"/>.</summary>
    public static bool Tolerates(ValueList<Toleration> tolerations, Taint taint)
    {
        foreach (var toleration in tolerations)
        {
            if (Tolerates(toleration, taint))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether <paramref name="toleration"/> tolerates <paramref name="taint"/>: effect, key and value match, where absent matches all.</summary>
    public static bool Tolerates(Toleration toleration, Taint taint) =>
        (string.IsNullOrEmpty(toleration.Effect) || toleration.Effect == taint.Effect)
        && (string.IsNullOrEmpty(toleration.Key) || toleration.Key == taint.Key)
        && toleration.Operator switch
        {
            "Exists" => true,
            null or "" or "Equal" => (toleration.Value ?? "") == (taint.Value ?? "") && !(string.IsNullOrEmpty(toleration.Key) && toleration.Operator != "Exists"),
            _ => false,
        };

    private static bool ToleratesPreference(ValueList<Toleration> tolerations, Taint taint)
    {
        foreach (var toleration in tolerations)
        {
            if ((string.IsNullOrEmpty(toleration.Effect) || toleration.Effect == "PreferNoSchedule") && Tolerates(toleration, taint))
            {
                return true;
            }
        }

        return false;
    }
}
