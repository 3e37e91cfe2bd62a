namespace KubeLab.Autoscaling.JustInTime;

/// <summary>Labels, annotations, taints and condition types, spelled as Karpenter's.</summary>
/// <seealso href="https://karpenter.sh/docs/reference/">Karpenter: reference</seealso>
internal static class KarpenterNames
{
    public const string Component = "karpenter";
    public const string Finalizer = "karpenter.sh/termination";

    public const string NodePool = "karpenter.sh/nodepool";
    public const string CapacityType = "karpenter.sh/capacity-type";
    public const string Registered = "karpenter.sh/registered";
    public const string Initialized = "karpenter.sh/initialized";
    public const string InstanceType = "node.kubernetes.io/instance-type";
    public const string Zone = "topology.kubernetes.io/zone";
    public const string Region = "topology.kubernetes.io/region";
    public const string Arch = "kubernetes.io/arch";
    public const string Os = "kubernetes.io/os";
    public const string Hostname = "kubernetes.io/hostname";
    public const string ExcludeBalancers = "node.kubernetes.io/exclude-from-external-load-balancers";

    public const string InstanceFamily = "karpenter.kubelab.dev/instance-family";
    public const string InstanceCpu = "karpenter.kubelab.dev/instance-cpu";
    public const string InstanceMemory = "karpenter.kubelab.dev/instance-memory";
    public const string InstanceGpus = "karpenter.kubelab.dev/instance-gpu-count";

    public const string DoNotDisrupt = "karpenter.sh/do-not-disrupt";
    public const string PoolHash = "karpenter.sh/nodepool-hash";

    public const string Disrupted = "karpenter.sh/disrupted";
    public const string Unregistered = "karpenter.sh/unregistered";
    public const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";

    public const string Spot = "spot";
    public const string OnDemand = "on-demand";

    /// <summary>Taints that every new node has and loses by itself.</summary>
    public static bool IsEphemeral(string taint) => taint is "node.kubernetes.io/not-ready" or "node.kubernetes.io/unreachable"
        or "node.cloudprovider.kubernetes.io/uninitialized" or Unregistered;
}
