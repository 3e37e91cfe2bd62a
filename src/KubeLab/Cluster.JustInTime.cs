namespace KubeLab;

/// <content>Nodes as pods need them.</content>
public abstract partial class Cluster
{
    /// <summary>Installs just-in-time provisioning as Karpenter does it: the kinds <c>nodepools</c> and <c>nodeclaims</c>, and what rents and consolidates machines by them. Time passes until the kinds are served; a second call does nothing.</summary>
    /// <param name="spotToSpot">Whether Spot nodes may be replaced by cheaper Spot nodes (the feature gate SpotToSpotConsolidation).</param>
    /// <exception cref="InvalidOperationException">There is no master yet.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void InstallKarpenter(bool spotToSpot = false) => throw OnlySimulated("renting machines just in time", "its provider's documentation says how to install Karpenter");

    /// <summary>Adds a pool of machines that are rented as pods need them; installs Karpenter where it is not. A NodePool applied with kubectl does the same.</summary>
    /// <exception cref="ArgumentException">There is no such family, type or zone; the message lists those there are.</exception>
    /// <exception cref="Api.Verbs.ApiException">The name is taken, or a value is not valid.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void AddJustInTimePool(JustInTimePool pool) => throw OnlySimulated("renting machines just in time", "apply a NodePool where Karpenter is installed");

    /// <summary>The same in one line.</summary>
    /// <param name="name">The pool's name.</param>
    /// <param name="families">The machine families that may be rented, separated by commas; null for all.</param>
    /// <param name="spot">Whether Spot machines may be rented as well.</param>
    /// <param name="cpuLimit">How many vCPUs it may have in sum; null without limit.</param>
    /// <inheritdoc cref="AddJustInTimePool(JustInTimePool)" path="/exception"/>
    public void AddJustInTimePool(string name, string? families = null, bool spot = false, double? cpuLimit = null) => AddJustInTimePool(new JustInTimePool(name)
    {
        Families = families?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
        Spot = spot,
        CpuLimit = cpuLimit,
    });
}
