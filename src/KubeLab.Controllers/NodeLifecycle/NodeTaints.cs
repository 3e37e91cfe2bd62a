using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.NodeLifecycle;

/// <summary>The taints that say in a node's spec what its conditions say in its status.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions">Taint based
/// evictions</seealso>
public static class NodeTaints
{
    /// <summary>The node says that it is not ready.</summary>
    public const string NotReady = "node.kubernetes.io/not-ready";

    /// <summary>The node says nothing.</summary>
    public const string Unreachable = "node.kubernetes.io/unreachable";

    /// <summary>The node is cordoned.</summary>
    public const string Unschedulable = "node.kubernetes.io/unschedulable";

    private const string NoSchedule = "NoSchedule";
    private const string NoExecute = "NoExecute";

    private static readonly (string Condition, string Status, string Key)[] ByCondition =
    [
        ("Ready", "False", NotReady),
        ("Ready", "Unknown", Unreachable),
        ("MemoryPressure", "True", "node.kubernetes.io/memory-pressure"),
        ("DiskPressure", "True", "node.kubernetes.io/disk-pressure"),
        ("NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"),
        ("PIDPressure", "True", "node.kubernetes.io/pid-pressure"),
    ];

    /// <summary>The node's taints with those that keep new pods away set right; others are left alone.</summary>
    public static ValueList<Taint> ForScheduling(Node node, DateTimeOffset now)
    {
        var taints = node.Spec.Taints;
        foreach (var (type, status, key) in ByCondition)
        {
            var holds = node.Status.Conditions.Exists(c => c.Type == type && c.Status == status);
            taints = Set(taints, key, NoSchedule, holds, now);
        }

        return Set(taints, Unschedulable, NoSchedule, node.Spec.Unschedulable, now);
    }

    /// <summary>The node's taints with those that drive pods away set to <paramref name="key"/> alone, or to none when null.</summary>
    public static ValueList<Taint> ForExecution(Node node, string? key, DateTimeOffset now) => Set(
        Set(node.Spec.Taints, NotReady, NoExecute, key == NotReady, now),
        Unreachable,
        NoExecute,
        key == Unreachable,
        now);

    /// <summary>Which of the two taints drives pods away from the node; null when neither does.</summary>
    public static string? ExecutionKey(Node node) =>
        node.Spec.Taints.Find(t => t.Effect == NoExecute && t.Key is NotReady or Unreachable)?.Key;

    /// <summary>The taint that a readiness calls for; null when the node is ready.</summary>
    public static string? KeyFor(string? readyStatus) => readyStatus switch
    {
        "False" => NotReady,
        "Unknown" => Unreachable,
        _ => null,
    };

    private static ValueList<Taint> Set(ValueList<Taint> taints, string key, string effect, bool wanted, DateTimeOffset now)
    {
        var present = taints.Exists(t => t.Key == key && t.Effect == effect);
        if (present == wanted)
        {
            return taints;
        }

        return wanted
            ? taints.Add(new Taint { Key = key, Effect = effect, TimeAdded = now })
            : taints.Where(t => t.Key != key || t.Effect != effect);
    }
}
