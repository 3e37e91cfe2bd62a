using KubeLab.Api.Core;
using KubeLab.Autoscaling.JustInTime.Offers;
using KubeLab.Autoscaling.Simulating;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Autoscaling.JustInTime.Provisioning;

/// <summary>A machine that is being thought up: the pods it is for, and the offers that would take all of them.</summary>
/// <remarks>
/// Each pod narrows what is left. In the snapshot it stands as one concrete node; whether a pod fits is asked of the scheduler's filters once per zone and capacity type, because these are the domains by
/// which topology rules differ, and of sizes by arithmetic. Upstream: NodeClaim in pkg/controllers/provisioning/scheduling.
/// </remarks>
internal sealed class PlannedClaim(PoolTemplate template, string name, IReadOnlyList<OfferChoice> choices)
{
    private readonly List<Pod> pods = [];
    private ResourceVector requests;
    private Node? standIn;

    public PoolTemplate Template => template;

    /// <summary>Its name in the snapshot.</summary>
    public string Name => name;

    public IReadOnlyList<Pod> Pods => pods;

    /// <summary>What is left to choose from, cheapest first.</summary>
    public IReadOnlyList<OfferChoice> Choices { get; private set; } = choices;

    public ResourceVector Requests => requests;

    /// <summary>Takes a pod when some offer is left for all of them.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="snapshot">Where it stands as a node.</param>
    /// <param name="inOneZone">Whether its zone must be certain from now on, because pods are placed by zones.</param>
    /// <returns>Why not; null when the pod is taken.</returns>
    public string? TryAdd(Pod pod, ClusterSnapshot snapshot, bool inOneZone)
    {
        var sum = requests;
        sum.Add(PodRequests.Of(pod.Spec));
        var left = Choices.Where(c => Amounts.Fits(sum, c.Free) && RequirementMatch.Matches(pod.Spec, c.Labels, name)).ToList();
        if (left.Count == 0)
        {
            return $"no instance type satisfied resources {Amounts.Text(sum)} ({FailureReason.Of(pod, sum, template.Choices)})";
        }

        var (kept, misfit) = Ask(pod, snapshot, left, inOneZone);
        if ((kept.Count == 0 ? misfit!.Text : TooFew(kept)) is { } why)
        {
            PutBack(snapshot);
            return why;
        }

        standIn = NodeOf(kept[0]);
        snapshot.AddNode(standIn);
        snapshot.Place(pod, name);
        pods.Add(pod);
        (Choices, requests) = (kept, sum);
        return null;
    }

    /// <summary>Leaves only offers that hold the condition; for decisions about money.</summary>
    public void Keep(Func<OfferChoice, bool> condition) => Choices = [.. Choices.Where(condition)];

    private (List<OfferChoice> Kept, Misfit? Misfit) Ask(Pod pod, ClusterSnapshot snapshot, List<OfferChoice> left, bool inOneZone)
    {
        Misfit? misfit = null;
        var kept = new List<OfferChoice>();
        foreach (var place in left.GroupBy(c => (c.Offer.Zone, c.Offer.CapacityType)))
        {
            if (inOneZone && kept.Count > 0 && place.Key.Zone != kept[0].Offer.Zone)
            {
                continue;
            }

            snapshot.AddNode(NodeOf(place.First()));
            var (plugin, verdict) = snapshot.Try(pod).Ask(snapshot.Find(name)!);
            if (verdict.IsSuccess)
            {
                kept.AddRange(place);
            }
            else
            {
                misfit = new Misfit(plugin, verdict.Reasons.ToArray());
            }
        }

        return ([.. kept.OrderBy(c => c.Offer.PricePerHour)], misfit);
    }

    private void PutBack(ClusterSnapshot snapshot)
    {
        if (standIn is not null)
        {
            snapshot.AddNode(standIn);
        }
        else
        {
            snapshot.RemoveNode(name);
        }
    }

    // Who wants to stay flexible says of how many types or zones there must be a choice.
    private string? TooFew(List<OfferChoice> kept)
    {
        var lacking = template.Pool.Requirements
            .Where(r => r.MinValues is { } least && kept.Select(c => c.Labels[r.Key]).Distinct().Count() < least)
            .Select(r => r.Key)
            .ToList();
        return lacking.Count == 0 ? null : $"minValues requirement is not met for label(s) (label(s)=[{string.Join(' ', lacking)}])";
    }

    private Node NodeOf(OfferChoice choice) => new()
    {
        Metadata = new() { Name = name, Labels = choice.Labels.With(KarpenterNames.Hostname, name) },
        Spec = new() { Taints = template.Taints },
        Status = new() { Capacity = choice.Offer.Size.Capacity, Allocatable = choice.Free },
    };
}
