using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime.Offers;

/// <summary>Offers that could not be fulfilled lately, and are left out for a while.</summary>
/// <remarks>Upstream: the cache of insufficient capacity of each provider, for example aws/cache/unavailableofferings.go.</remarks>
internal sealed class UnavailableOffers(VirtualClock clock, TimeSpan span)
{
    private readonly Dictionary<OfferKey, DateTimeOffset> until = [];

    /// <summary>Grows with every offer that is left out.</summary>
    public long Version { get; private set; }

    /// <summary>Leaves out what a failure says: the offer, or, where the account is the limit, all of its family and sort.</summary>
    public void Add(InstanceOffer offer, InstanceFailure failure, IEnumerable<InstanceOffer> all)
    {
        var failed = failure.Class == InstanceFailureClass.QuotaExceeded
            ? all.Where(o => o.Size.Family == offer.Size.Family && o.CapacityType == offer.CapacityType)
            : [offer];
        foreach (var one in failed)
        {
            until[one.Key] = clock.Now + span;
        }

        Version++;
    }

    /// <summary>Whether an offer may be tried.</summary>
    public bool IsAvailable(InstanceOffer offer) => !until.TryGetValue(offer.Key, out var end) || clock.Now >= end;
}
