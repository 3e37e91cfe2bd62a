namespace KubeLab.Cloud.Billing;

/// <summary>What a line of a bill is about; bills list their lines in this order.</summary>
public enum ChargeKind
{
    /// <summary>Machines that run, or hang.</summary>
    Machine,

    /// <summary>Boot disks and volumes, attached or forgotten.</summary>
    Disk,

    /// <summary>The managed control plane.</summary>
    ClusterFee,

    /// <summary>Load balancers.</summary>
    LoadBalancer,

    /// <summary>Reserved addresses.</summary>
    Address,

    /// <summary>Bytes that leave the provider.</summary>
    Traffic,
}
