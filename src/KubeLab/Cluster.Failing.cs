using KubeLab.Views;

namespace KubeLab;

/// <content>What breaks, beyond machines that lose their power.</content>
public abstract partial class Cluster
{
    /// <summary>The masters, and what runs on each of them.</summary>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual MastersView Masters() => throw OnlySimulated("looking into the masters", "its kubectl get pods and kubectl get leases, each in -n kube-system, say what runs and who leads");

    /// <summary>Stops one component of a machine: a static pod's manifest is taken away, which stops it in good order; a kubelet just stops.</summary>
    /// <param name="machine">The machine, for example <c>master-1</c>.</param>
    /// <param name="component"><c>etcd</c>, <c>kube-apiserver</c>, <c>kube-controller-manager</c>, <c>kube-scheduler</c>, <c>cloud-controller-manager</c> or <c>kubelet</c>; workers have the last alone.</param>
    /// <exception cref="ArgumentException">There is no such machine or component; the message lists what there is.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void StopComponent(string machine, string component) => throw OnlySimulated(
        "stopping a component", $"on {machine}, move {component}.yaml out of /etc/kubernetes/manifests, or: systemctl stop kubelet");

    /// <summary>Starts a component again that <see cref="StopComponent"/> stopped; does nothing when it runs.</summary>
    /// <inheritdoc cref="StopComponent"/>
    public virtual void StartComponent(string machine, string component) => throw OnlySimulated(
        "starting a component", $"on {machine}, move {component}.yaml back into /etc/kubernetes/manifests, or: systemctl start kubelet");

    /// <summary>Cuts the network between sides: <c>"master-1 master-2 | master-3"</c>; one side alone is cut off from all others. An earlier cut is forgotten.</summary>
    /// <param name="sides">Machine names separated by spaces or commas, sides by <c>|</c>; machines that no side names reach all sides.</param>
    /// <exception cref="ArgumentException">There is no such machine, or it is named twice; the message says which.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void Partition(string sides) => throw OnlySimulated("parting the network", "a firewall on its machines can do it");

    /// <summary>Makes the disk of a master slow: each write that the store's member there makes safe takes that long on average.</summary>
    /// <param name="machine">The master.</param>
    /// <param name="sync">How long; null makes it as fast as it was.</param>
    /// <exception cref="ArgumentException">There is no member of the store; the message says where there are.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void SlowDisk(string machine, TimeSpan? sync) => throw OnlySimulated("slowing a disk", "the block I/O controller of cgroups can do it");

    /// <summary>Undoes <see cref="Partition"/>: everybody reaches everybody again.</summary>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void Heal() => throw OnlySimulated("healing the network", "take the rules out of the firewalls that cut it");
}
