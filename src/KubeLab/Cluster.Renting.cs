using KubeLab.Views;

namespace KubeLab;

/// <content>What is rented besides machines, and what is left when a cluster is deleted.</content>
public abstract partial class Cluster
{
    /// <summary>Has the provider run the masters, for its fee: no node stands for them, and nobody sees their machines.</summary>
    /// <param name="count">How many it runs: one in a zone, three in a region.</param>
    /// <param name="wait">Whether time passes until an API server answers.</param>
    /// <exception cref="InvalidOperationException">The cluster has masters already.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void AddManagedMasters(int count = 1, bool wait = true) =>
        throw OnlySimulated("renting a control plane", "its control plane is there already; gcloud container clusters create makes another one");

    /// <summary>Reserves an external address, which a service can ask for in <c>spec.loadBalancerIP</c>; it is paid until it is given back, used or not.</summary>
    /// <param name="name">A name for it.</param>
    /// <returns>The address.</returns>
    /// <exception cref="ArgumentException">The name is taken, or the provider's price is not known.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual string ReserveAddress(string name) => throw OnlySimulated("reserving an address", $"gcloud compute addresses create {name}");

    /// <summary>Gives a reserved address back.</summary>
    /// <exception cref="ArgumentException">None was reserved under this name.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void ReleaseAddress(string name) => throw OnlySimulated("giving an address back", $"gcloud compute addresses delete {name}");

    /// <summary>Puts data into a bucket of its own, where they are paid by the GiB and month until they are given back.</summary>
    /// <param name="name">The bucket.</param>
    /// <param name="gib">How much, in GiB.</param>
    /// <exception cref="ArgumentException">The name is taken, or the provider's price is not known.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void KeepInBucket(string name, decimal gib) => throw OnlySimulated("filling a bucket", $"gcloud storage cp FILE gs://{name}");

    /// <summary>Reads data out of the provider, to a computer of one's own: ingress is free, egress is not.</summary>
    /// <param name="gib">How much, in GiB.</param>
    /// <exception cref="InvalidOperationException">The provider's price is not known.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void ReadOut(decimal gib) => throw OnlySimulated("reading data out", "gcloud storage cp gs://BUCKET/* .");

    /// <summary>
    /// Deletes the cluster: its machines with their boot disks and the provider's fee end at once. Whoever would have deleted the disks of claims and the load balancers is gone as well, so
    /// these stay, and go on costing; so do buckets and reserved addresses. <see cref="StillRented"/> lists them.
    /// </summary>
    /// <seealso href="https://cloud.google.com/kubernetes-engine/docs/how-to/deleting-a-cluster">GKE: deleting a cluster</seealso>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void Delete() => throw OnlySimulated("deleting the cluster", "gcloud container clusters delete NAME, and look for disks, load balancers and addresses afterwards");

    /// <summary>Everything that costs money now, whether a cluster still uses it or not.</summary>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual RentedView StillRented() => throw OnlySimulated("listing what is rented", "gcloud compute disks list, gcloud compute forwarding-rules list, gcloud compute addresses list");

    /// <summary>Gives back what is rented under a name: a disk, a load balancer with its address, a bucket, a reserved address.</summary>
    /// <exception cref="ArgumentException">Nothing is; the message lists what is.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void GiveBack(string name) => throw OnlySimulated("giving back what is rented", "gcloud compute disks delete, and so on");
}
