using KubeLab.Cloud.Billing;
using KubeLab.Simulation;

namespace KubeLab.Cloud.Machines;

/// <content>Load balancers that carry an address, and addresses that are kept: what a cloud controller manager asks for.</content>
public sealed partial class CloudProvider
{
    private readonly SortedDictionary<string, PublicBalancer> balancers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> reserved = new(StringComparer.Ordinal);
    private readonly SortedSet<string> unpriced = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> owners = new(StringComparer.Ordinal);
    private int publicAddressesGiven;

    /// <summary>The load balancers that carry an address, by name.</summary>
    public IReadOnlyCollection<PublicBalancer> Balancers => balancers.Values;

    /// <summary>The address of a load balancer, or null when there is none of this name.</summary>
    public string? BalancerAddress(string name) => balancers.GetValueOrDefault(name)?.Address;

    /// <summary>For whom a load balancer is or was made, for example <c>default/web</c>; null when there never was one of this name.</summary>
    public string? BalancerOwner(string name) => owners.GetValueOrDefault(name);

    /// <summary>Makes a load balancer with one forwarding rule and an address: a new one, or one that was reserved before. One that exists stays as it is.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="owner">For whom, for example <c>default/web</c>.</param>
    /// <param name="wanted">An address that <see cref="ReserveAddress"/> gave; null for a new one, which is given back with the load balancer.</param>
    /// <returns>The address.</returns>
    /// <exception cref="ArgumentException">The address is none of the account's.</exception>
    public string OpenBalancer(string name, string owner, string? wanted = null)
    {
        if (balancers.TryGetValue(name, out var open))
        {
            return open.Address;
        }

        if (wanted is not null && !reserved.ContainsValue(wanted))
        {
            throw new ArgumentException($"requested ip \"{wanted}\" is neither static nor assigned to the LB", nameof(wanted));
        }

        RentIfPriced(ChargeKind.LoadBalancer, name, "load-balancer");
        if (wanted is null)
        {
            RentIfPriced(ChargeKind.Address, name, "external-ipv4");
        }

        owners[name] = owner;
        balancers.Add(name, open = new PublicBalancer(name, owner, wanted ?? NextPublicAddress(), wanted is null));
        return open.Address;
    }

    /// <summary>Deletes a load balancer, and its address with it unless that was reserved. Does nothing when there is none.</summary>
    public void CloseBalancer(string name)
    {
        if (balancers.Remove(name, out var open))
        {
            GiveBackIfRented(ChargeKind.LoadBalancer, name);
            if (open.OwnsAddress)
            {
                GiveBackIfRented(ChargeKind.Address, name);
            }
        }
    }

    /// <summary>How long making one takes this time.</summary>
    public TimeSpan TimeOfBalancer(Randomness chance) => Times.LoadBalancer * (1 + (chance.NextDouble() * Times.JitterFraction));

    /// <summary>The address that was reserved under a name.</summary>
    /// <exception cref="ArgumentException">None was.</exception>
    public string AddressReserved(string name) =>
        reserved.TryGetValue(name, out var address)
            ? address
            : throw new ArgumentException($"no reserved address \"{name}\"; there are {Names(reserved.Keys)}", nameof(name));

    private void RentIfPriced(ChargeKind kind, string name, string item)
    {
        if (Prices.HasHourly(item))
        {
            Rent(kind, name, Prices.Hourly(item), 1);
        }
        else
        {
            unpriced.Add($"{item}: data/prices has no price of it at {Prices.Provider}; left out");
        }
    }

    private void GiveBackIfRented(ChargeKind kind, string name)
    {
        if (rented.ContainsKey((kind, name)))
        {
            GiveBack(kind, name);
        }
    }

    private string NextPublicAddress()
    {
        // The blocks that RFC 5737 keeps for examples come first, then the one of RFC 2544: none of them is anybody's.
        var n = ++publicAddressesGiven;
        return n < 255 ? $"203.0.113.{n}" : n < 509 ? $"198.51.100.{n - 254}" : $"198.18.{(n - 509) >> 8}.{(n - 509) & 255}";
    }
}

/// <summary>A load balancer that the world reaches.</summary>
/// <param name="Name">Its name at the cloud.</param>
/// <param name="Owner">For whom it was made, for example <c>default/web</c>.</param>
/// <param name="Address">Where it is reached.</param>
/// <param name="OwnsAddress">Whether the address goes with it.</param>
public sealed record PublicBalancer(string Name, string Owner, string Address, bool OwnsAddress);
