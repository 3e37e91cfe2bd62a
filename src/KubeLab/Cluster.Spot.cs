namespace KubeLab;

/// <content>What a provider takes back, and what it has not got.</content>
public abstract partial class Cluster
{
    /// <summary>The provider takes a Spot machine back: the machine is told, its kubelet ends the pods in good order, and 30 s later it is gone; its pool asks for another.</summary>
    /// <param name="machine">The machine, for example <c>cheap-1</c>.</param>
    /// <exception cref="ArgumentException">There is no such machine; the message lists those there are.</exception>
    /// <exception cref="InvalidOperationException">It is not a Spot machine.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void Preempt(string machine) => throw OnlySimulated("taking a Spot machine back", $"gcloud compute instances simulate-maintenance-event {machine} does the same to one of Google's");

    /// <summary>From now on Spot machines are taken back at random, so often on average per hour that each runs.</summary>
    /// <param name="perHour">0 is never. Without this call it is the figure of <c>data/machines/timing.json</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or no number.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void SpotPreemptions(double perHour) => throw OnlySimulated("choosing how often Spot machines go", "its provider decides");

    /// <summary>The provider has no such machines left: those asked for from now on fail with <c>ZONE_RESOURCE_POOL_EXHAUSTED</c> after some seconds.</summary>
    /// <param name="machines">A machine type or a family, for example <c>n2</c>; null for all.</param>
    /// <param name="zone">Where; null for every zone.</param>
    /// <param name="lasting">For how long; null for good.</param>
    /// <param name="spotOnly">Whether only Spot machines lack.</param>
    /// <exception cref="ArgumentException">There is no such type, family or zone; the message lists those there are.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void RunOut(string? machines = null, string? zone = null, TimeSpan? lasting = null, bool spotOnly = false) => throw OnlySimulated("letting machines run out", "its provider does that by itself");

    /// <summary>Limits what the account may have in the region: machines beyond it fail with <c>QUOTA_EXCEEDED</c> after some seconds.</summary>
    /// <param name="resource">For example <c>CPUS</c>, <c>N2_CPUS</c>, <c>PREEMPTIBLE_CPUS</c>, <c>INSTANCES</c>, <c>IN_USE_ADDRESSES</c>.</param>
    /// <param name="limit">How much; null for no limit.</param>
    /// <exception cref="ArgumentException">There is no such resource; the message lists those there are.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void SetQuota(string resource, double? limit) => throw OnlySimulated("setting quotas", "ask its provider for another one, on the console's page of quotas");

    /// <summary>Limits how many vCPUs the account may have in the region: a request for more is refused at once and as a whole, in GKE's words (403).</summary>
    /// <param name="most">How many; null for no limit.</param>
    /// <remarks>From then on <see cref="AddNodePool"/> and <see cref="Resize"/> throw a <see cref="Cloud.Machines.QuotaExceededException"/> when they ask for more. <see cref="SetQuota"/> instead lets single machines fail.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void LimitCpus(int? most) => throw OnlySimulated("limiting CPUs", "ask its provider for another quota, on the console's page of quotas");
}
