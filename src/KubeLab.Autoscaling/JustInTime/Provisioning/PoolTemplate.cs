using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Autoscaling.JustInTime.Offers;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Autoscaling.JustInTime.Provisioning;

/// <summary>An offer as a node of one pool would be.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Labels">All labels of the node but its name.</param>
/// <param name="Free">What it has for pods that are no daemons.</param>
/// <param name="IsAvailable">Whether the provider has not said lately that it has none.</param>
internal sealed record OfferChoice(InstanceOffer Offer, StringMap Labels, ResourceList Free, bool IsAvailable);

/// <summary>A pool as a source of new nodes: what it may rent, and what each would give to pods.</summary>
/// <remarks>Upstream: NodeClaimTemplate in pkg/controllers/provisioning/scheduling.</remarks>
internal sealed class PoolTemplate
{
    public PoolTemplate(NodePool pool, IReadOnlyList<InstanceOffer> offers, IReadOnlyCollection<DaemonSet> daemons, Func<InstanceOffer, bool> isAvailable, ResourceList? remaining)
    {
        Pool = pool;
        Taints = (pool.Template.Taints ?? []).Select(t => t.ToTaint()).ToValueList();
        Remaining = remaining;
        Choices = [.. offers
            .Where(o => RequirementMatch.Matches(pool.Requirements, o.Labels))
            .Select(o => Choice(o, daemons, isAvailable(o)))
            .OrderBy(c => c.Offer.PricePerHour)
            .ThenBy(c => c.Offer.Size.Name, StringComparer.Ordinal)
            .ThenBy(c => c.Offer.Zone, StringComparer.Ordinal)
            .ThenByDescending(c => c.Offer.CapacityType, StringComparer.Ordinal)];
    }

    public NodePool Pool { get; }

    public ValueList<Taint> Taints { get; }

    /// <summary>All offers that its requirements leave, cheapest first.</summary>
    public IReadOnlyList<OfferChoice> Choices { get; }

    /// <summary>What its limits still allow; null without limits.</summary>
    public ResourceList? Remaining { get; private set; }

    /// <summary>What daemon sets take of its nodes, for messages.</summary>
    public ResourceVector Overhead { get; private set; }

    /// <summary>The labels that claims and nodes of the pool have whatever is rented.</summary>
    public StringMap OwnLabels(StringMap known) => StringMap.From(
        Pool.Labels.Concat(RequirementMatch.OwnLabels(Pool.Requirements, known)).DistinctBy(l => l.Key).Append(new(KarpenterNames.NodePool, Pool.Name)));

    /// <summary>Whether limits allow one more of this size.</summary>
    public bool IsWithinLimits(InstanceSize size)
    {
        if (Remaining is not { } left)
        {
            return true;
        }

        foreach (var (name, amount) in left)
        {
            if (amount < (name == "nodes" ? Quantity.FromValue(1) : size.Capacity[name] ?? Quantity.Zero))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A claim was planned: the largest that it may become counts against the limits.</summary>
    public void Reserve(IReadOnlyList<OfferChoice> choices)
    {
        if (Remaining is not { } left)
        {
            return;
        }

        var largest = default(ResourceVector);
        foreach (var choice in choices)
        {
            largest.RaiseTo(ResourceVector.From(choice.Offer.Size.Capacity));
        }

        var less = Amounts.Less(left, largest);
        Remaining = left["nodes"] is { } nodes ? less.With("nodes", nodes - Quantity.FromValue(1)) : less;
    }

    private OfferChoice Choice(InstanceOffer offer, IReadOnlyCollection<DaemonSet> daemons, bool isAvailable)
    {
        var labels = Joined(OwnLabels(offer.Labels), offer.Labels);
        Overhead = DaemonOverhead.Of(daemons, labels, Taints);
        return new(offer, labels, Amounts.Less(offer.Size.Allocatable, Overhead), isAvailable);
    }

    /// <summary>Both; where both have one, the first's.</summary>
    internal static StringMap Joined(StringMap first, StringMap second)
    {
        foreach (var (key, value) in first)
        {
            second = second.With(key, value);
        }

        return second;
    }
}
