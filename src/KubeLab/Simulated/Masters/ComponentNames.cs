namespace KubeLab.Simulated.Masters;

/// <summary>The components of a control plane, as their pods, manifests and leases are called.</summary>
internal static class ComponentNames
{
    public const string Etcd = "etcd";
    public const string ApiServer = "kube-apiserver";
    public const string ControllerManager = "kube-controller-manager";
    public const string Scheduler = "kube-scheduler";
    public const string CloudControllerManager = "cloud-controller-manager";

    /// <summary>Not a pod: what runs the pods.</summary>
    public const string Kubelet = "kubelet";

    /// <summary>Those that are static pods on each master.</summary>
    public static IReadOnlyList<string> Pods { get; } = [Etcd, ApiServer, ControllerManager, Scheduler, CloudControllerManager];

    /// <summary>Refuses a name that a machine does not have.</summary>
    /// <exception cref="ArgumentException">The message lists what there is.</exception>
    public static void Require(string component, string machine, bool isMaster)
    {
        IReadOnlyList<string> known = isMaster ? [.. Pods, Kubelet] : [Kubelet];
        if (!known.Contains(component))
        {
            throw new ArgumentException($"no component \"{component}\" on {machine}; there {(isMaster ? "are" : "is")} {string.Join(", ", known)}", nameof(component));
        }
    }
}
