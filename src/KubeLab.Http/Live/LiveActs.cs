using KubeLab.Simulated;

namespace KubeLab.Http.Live;

/// <summary>What can be broken and mended from outside, as by the verbs of the library.</summary>
internal static class LiveActs
{
    /// <summary>Does what <paramref name="order"/> says.</summary>
    /// <exception cref="ArgumentException">There is no such verb, machine or component; the message lists what there is.</exception>
    public static void Do(SimulatedCluster cluster, LiveOrder order)
    {
        switch (order.Do)
        {
            case "kill":
                cluster.Kill(Target(order, "the machine"));
                break;
            case "restore":
                cluster.Restore(Target(order, "the machine"));
                break;
            case "partition":
                cluster.Partition(Target(order, "the machines of each side, sides separated by |"));
                break;
            case "heal":
                cluster.Heal();
                break;
            case "stop":
                cluster.StopComponent(Target(order, "the machine"), Component(order));
                break;
            case "start":
                cluster.StartComponent(Target(order, "the machine"), Component(order));
                break;
            default:
                throw new ArgumentException($"do: \"{order.Do}\" is none of kill, restore, partition, heal, stop, start");
        }
    }

    private static string Target(LiveOrder order, string what) =>
        string.IsNullOrWhiteSpace(order.Target) ? throw new ArgumentException($"target: name {what}") : order.Target;

    private static string Component(LiveOrder order) =>
        string.IsNullOrWhiteSpace(order.Component) ? throw new ArgumentException("component: name it, for example kubelet or etcd") : order.Component;
}
