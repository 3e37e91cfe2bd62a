using System.Runtime.InteropServices;
using KubeLab.Nodes.Pods;

namespace KubeLab.Nodes.Sharing;

/// <summary>
/// Who gets how much CPU when more is wanted than there is. It goes down the tree that the kubelet builds: pods of class Guaranteed stand beside one group for all
/// of class Burstable and one for all of class BestEffort, a pod's containers divide what the pod got. At each branch weights decide, and what one leaves goes to the others.
/// </summary>
/// <remarks>
/// Upstream: pkg/kubelet/cm/qos_container_manager_linux.go and the kernel's fair scheduler. What a group weighs is the sum of what its pods request, so a
/// Burstable pod also profits from the requests of idle neighbours of its class.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/">Pod quality of service classes</seealso>
public static class CpuDivision
{
    /// <summary>Divides <paramref name="millis"/>; the result has the order of <paramref name="asks"/>, in thousandths of a core.</summary>
    public static double[] Divide(double millis, IReadOnlyList<CpuAsk> asks)
    {
        ArgumentNullException.ThrowIfNull(asks);
        var gets = new double[asks.Count];
        if (asks.Count == 0)
        {
            return gets;
        }

        var pods = asks.Select((ask, index) => (ask, index)).GroupBy(a => a.ask.Pod).Select(Share.OfPod).ToList();
        var top = pods.Where(p => p.Qos == QosClass.Guaranteed).ToList();
        AddGroup(top, pods, QosClass.Burstable);
        AddGroup(top, pods, QosClass.BestEffort);
        new Share(0, "", top, -1, 0).Give(millis, gets);
        return gets;
    }

    private static void AddGroup(List<Share> top, List<Share> pods, string qos)
    {
        var members = pods.Where(p => p.Qos == qos).ToList();
        if (members.Count > 0)
        {
            top.Add(new Share(qos == QosClass.BestEffort ? 0 : members.Sum(m => m.RequestMillis), qos, members, -1, 0));
        }
    }

    // A branch of the tree, or a container at its end.
    private sealed class Share(long requestMillis, string qos, List<Share> parts, int container, double wants)
    {
        private readonly double wants = parts.Count == 0 ? wants : parts.Sum(p => p.wants);

        public long RequestMillis => requestMillis;

        public string Qos => qos;

        public static Share OfPod(IGrouping<int, (CpuAsk Ask, int Index)> pod) => new(
            pod.Sum(a => a.Ask.RequestMillis),
            pod.First().Ask.Qos,
            [.. pod.Select(a => new Share(a.Ask.RequestMillis, a.Ask.Qos, [], a.Index, a.Ask.WantsMillis))],
            -1,
            0);

        public void Give(double millis, double[] gets)
        {
            if (container >= 0)
            {
                gets[container] = millis;
                return;
            }

            var claims = parts.ConvertAll(p => new WaterFilling.Claim(CpuWeight.Of(p.RequestMillis), p.wants));
            var given = WaterFilling.Divide(millis, CollectionsMarshal.AsSpan(claims));
            for (var i = 0; i < parts.Count; i++)
            {
                parts[i].Give(given[i], gets);
            }
        }
    }
}

/// <summary>A running container that wants CPU.</summary>
/// <param name="Pod">Tells containers of one pod from those of another.</param>
/// <param name="Qos">The pod's class.</param>
/// <param name="RequestMillis">What the container requests, in thousandths of a core.</param>
/// <param name="WantsMillis">What it would use, its limit applied.</param>
public readonly record struct CpuAsk(int Pod, string Qos, long RequestMillis, long WantsMillis);
