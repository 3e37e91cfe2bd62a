namespace KubeLab.Observing.Costs;

/// <summary>Why money was spent, in words.</summary>
internal static class CostCauses
{
    public const string ControlPlane = "machines of the control plane";
    public const string Reserved = "kept from pods for the system and for eviction";
    public const string System = "pods of kube-system";
    public const string OutOfService = "machines that boot, wait for their node or outlive it, and seconds rounded up";
    public const string Fee = "the provider's fee for the control plane";
    public const string Disk = "a disk while a pod has it mounted";
    public const string IdleDisk = "a disk while no pod has it mounted";
    public const string Balancer = "the load balancer and address of a service";
    public const string IdleAddress = "an address that was reserved";
    public const string Bucket = "data in a bucket, which is paid whoever reads them";
    public const string Traffic = "answers to clients outside, and data read out";

    /// <summary>The words of an account of a pool's nodes.</summary>
    public static string Of(CostKey key) => key.Share switch
    {
        CostShare.Used => "used by its pods",
        CostShare.Slack => "requested by its pods and not used",
        CostShare.Unallocated => "requested by nobody; at least one more pod of this cluster's would fit",
        CostShare.Fragmentation => $"requested by nobody; no pod of this cluster's fits: short of {key.Detail}",
        _ => key.Detail,
    };
}
