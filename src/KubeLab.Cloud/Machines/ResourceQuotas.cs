using System.Globalization;

namespace KubeLab.Cloud.Machines;

/// <summary>How much of each resource an account may have in a region; what is not named has no limit.</summary>
/// <remarks>
/// Families older than the split (e2, n1) share <c>CPUS</c>, each other family has its own, for example <c>N2_CPUS</c>. Spot machines count against <c>PREEMPTIBLE_CPUS</c> when the account has such a quota,
/// otherwise as the others do. Each machine has one external address, as in a GKE cluster with public nodes.
/// </remarks>
/// <seealso href="https://cloud.google.com/compute/resource-usage">Google Cloud: allocation quotas</seealso>
public sealed class ResourceQuotas
{
    private const string Cpus = "CPUS";
    private const string SpotCpus = "PREEMPTIBLE_CPUS";
    private const string Instances = "INSTANCES";
    private const string Addresses = "IN_USE_ADDRESSES";
    private static readonly string[] Shared = ["e2", "n1"];

    private readonly SortedDictionary<string, double> limits = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> known;
    private readonly string region;

    internal ResourceQuotas(MachineCatalog machines, string region)
    {
        this.region = region;
        known = [Cpus, SpotCpus, Instances, Addresses, .. machines.Types.Select(t => t.Family).Where(f => !Shared.Contains(f)).Select(OfFamily).Distinct()];
    }

    /// <summary>The limits by resource, in ordinal order.</summary>
    public IReadOnlyDictionary<string, double> Limits => limits;

    /// <summary>Sets a limit; null lifts it. What exists stays, only new machines are refused.</summary>
    /// <exception cref="ArgumentException">There is no such resource; the message lists those there are.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public void Set(string resource, double? limit)
    {
        if (!known.Contains(resource))
        {
            throw new ArgumentException($"unknown quota \"{resource}\"; there are {string.Join(", ", known)}", nameof(resource));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(limit ?? 0, nameof(limit));
        if (limit is { } most)
        {
            limits[resource] = most;
        }
        else
        {
            limits.Remove(resource);
        }
    }

    /// <summary>How much of a resource machines use.</summary>
    /// <param name="resource">For example <c>CPUS</c>.</param>
    /// <param name="machines">The machines that count.</param>
    /// <param name="otherAddresses">Addresses in use beside the machines'.</param>
    internal double Use(string resource, IEnumerable<Machine> machines, int otherAddresses) =>
        (resource == Addresses ? otherAddresses : 0) + machines.Sum(m => Needs(m.Type, m.Pool.Options.Spot).Where(n => n.Resource == resource).Sum(n => n.Amount));

    /// <summary>Why one more machine exceeds a quota, or null.</summary>
    internal CreationError? Judge(MachineType type, bool spot, IReadOnlyCollection<Machine> machines, int otherAddresses)
    {
        foreach (var (resource, amount) in limits.Count == 0 ? [] : Needs(type, spot))
        {
            if (limits.TryGetValue(resource, out var limit) && Use(resource, machines, otherAddresses) + amount > limit)
            {
                return new(CreationErrorClass.QuotaExceeded, "QUOTA_EXCEEDED",
                    string.Create(CultureInfo.InvariantCulture, $"Quota '{resource}' exceeded. Limit: {limit:0.0} in region {region}."));
            }
        }

        return null;
    }

    private (string Resource, double Amount)[] Needs(MachineType type, bool spot) =>
    [
        (spot && limits.ContainsKey(SpotCpus) ? SpotCpus : Shared.Contains(type.Family) ? Cpus : OfFamily(type.Family), type.Vcpus),
        (Instances, 1),
        (Addresses, 1),
    ];

    private static string OfFamily(string family) => $"{family.ToUpperInvariant()}_CPUS";
}
