using KubeLab.Autoscaling.Nodes;
using KubeLab.Views;

namespace KubeLab;

/// <content>Nodes that come and go as they are needed.</content>
public abstract partial class Cluster
{
    /// <summary>Lets the cluster autoscaler change the number of machines of a pool; it starts when it does not run yet.</summary>
    /// <param name="pool">The pool, for example <c>workers</c>.</param>
    /// <param name="min">The fewest machines it leaves.</param>
    /// <param name="max">The most machines it asks for.</param>
    /// <exception cref="ArgumentException">There is no such pool, or it is the masters'; the message lists those there are.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt;= min &lt;= max.</exception>
    /// <exception cref="NotSupportedException">The cluster is real; the message names the provider's command.</exception>
    /// <seealso href="https://kubernetes.io/docs/concepts/cluster-administration/node-autoscaling/">Node autoscaling</seealso>
    public virtual void Autoscale(string pool, int min, int max) => throw OnlySimulated("autoscaling a node pool", "see your provider's documentation of node autoscaling");

    /// <summary>Changes the cluster autoscaler's settings, for example <c>o =&gt; o with { ScaleDownUnneededTime = TimeSpan.FromMinutes(2) }</c>; it starts anew with them.</summary>
    /// <param name="change">Makes the new settings of the present ones.</param>
    /// <exception cref="ArgumentException">The settings contradict each other; the message names upstream's flag.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void ClusterAutoscaler(Func<ClusterAutoscalerOptions, ClusterAutoscalerOptions> change) =>
        throw OnlySimulated("setting the cluster autoscaler", "its flags are in its Deployment, or are settings of the provider's");

    /// <summary>Each node that the cluster autoscaler may remove: how much of it is requested, since when it is not needed, and what keeps it.</summary>
    /// <exception cref="InvalidOperationException">No pool is autoscaled yet.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual ScaleDownView WhyNotScaledDown() =>
        throw OnlySimulated("looking into the cluster autoscaler", "kubectl describe configmap cluster-autoscaler-status -n kube-system says what it does, and its log why");
}
