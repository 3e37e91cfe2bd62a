using KubeLab.Autoscaling.JustInTime.Offers;
using KubeLab.Cloud.Machines;
using KubeLab.Simulation;

namespace KubeLab.Simulated.JustInTime;

/// <summary>The cloud as just-in-time provisioning asks it: every type that has a price, in every zone, and as Spot where that has one.</summary>
internal sealed class RentedInstances : IInstanceProvider
{
    private const int DiskGibAssumed = 100;
    private readonly CloudProvider cloud;
    private readonly VirtualClock clock;

    public RentedInstances(CloudProvider cloud, VirtualClock clock)
    {
        (this.cloud, this.clock) = (cloud, clock);
        Offers = [.. cloud.Prices.Machines.Types.SelectMany(OffersOf)];
        cloud.MachineCreated += machine => machine.Preempting += m =>
        {
            if (m.Pool.IsStandalone)
            {
                Interrupted?.Invoke(m.Name);
            }
        };
    }

    /// <inheritdoc/>
    public event Action<string>? Interrupted;

    /// <inheritdoc/>
    public IReadOnlyList<InstanceOffer> Offers { get; }

    /// <inheritdoc/>
    public string Launch(InstanceRequest request, Action<InstanceFailure> failed)
    {
        var options = new NodePoolOptions
        {
            Name = request.Name,
            MachineType = request.Offer.Size.Name,
            Zones = [request.Offer.Zone],
            Spot = request.Offer.IsSpot,
            DiskGib = request.DiskGib,
            Labels = LabelsOf(request),
            Taints = [.. request.Taints.Select(t => new MachineTaint(t.Key, t.Value ?? "", t.Effect))],
        };
        try
        {
            var machine = cloud.RentMachine(options);
            machine.CreationFailed += m => Fail(failed, m.CreationError!.Class == CreationErrorClass.QuotaExceeded, m.CreationError.ToString());
            return machine.ProviderId;
        }
        catch (QuotaExceededException refusal)
        {
            Fail(failed, isQuota: true, refusal.Message);
            return "";
        }
    }

    /// <inheritdoc/>
    public bool Exists(string name) => cloud.TryFind(name) is not null;

    /// <inheritdoc/>
    public void Delete(string name)
    {
        if (Exists(name))
        {
            cloud.Delete(name);
        }
    }

    // Told in an event of its own: by then the machine is gone, and its name is free for the next attempt.
    private void Fail(Action<InstanceFailure> failed, bool isQuota, string message) =>
        clock.After(TimeSpan.Zero, () => failed(new(isQuota ? InstanceFailureClass.QuotaExceeded : InstanceFailureClass.InsufficientCapacity, message)));

    private static Dictionary<string, string> LabelsOf(InstanceRequest request)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in request.Labels)
        {
            labels[key] = value;
        }

        return labels;
    }

    private IEnumerable<InstanceOffer> OffersOf(MachineType type)
    {
        var (capacity, allocatable) = MachineNode.SizeOf(type, DiskGibAssumed);
        var size = new InstanceSize(type.Name, type.Family, "amd64", capacity, allocatable);
        foreach (var isSpot in new[] { false, true })
        {
            if (PriceOf(type, isSpot) is { } price)
            {
                foreach (var zone in cloud.Zones)
                {
                    yield return new(size, cloud.Prices.Region, zone, isSpot ? "spot" : "on-demand", price);
                }
            }
        }
    }

    private double? PriceOf(MachineType type, bool spot)
    {
        try
        {
            return (double)cloud.Prices.Machine(type.Name, spot).PerHour.Amount;
        }
        catch (ArgumentException)
        {
            // What has no price here cannot be compared, and is not rented.
            return null;
        }
    }
}
