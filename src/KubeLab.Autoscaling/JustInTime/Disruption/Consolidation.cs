using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Autoscaling.JustInTime.Provisioning;

namespace KubeLab.Autoscaling.JustInTime.Disruption;

/// <summary>Whether some nodes could go because their pods fit elsewhere, or fit one cheaper machine.</summary>
/// <remarks>Upstream: computeConsolidation in pkg/controllers/disruption/consolidation.go, multinodeconsolidation.go, singlenodeconsolidation.go.</remarks>
internal sealed class Consolidation(ClusterState state, ProvisioningPlanner planner, KarpenterEvents events, bool spotToSpot)
{
    /// <summary>So many cheaper types there must be before a Spot node makes room for another, lest it end with the type that is taken back most.</summary>
    public const int SpotToSpotTypes = 15;

    private const int NodesMax = 100;
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(15);

    /// <summary>Whether a pool's settings and the claim's marks let a node be consolidated.</summary>
    public bool IsWanted(Candidate candidate)
    {
        var pool = candidate.Pool;
        if (pool.ConsolidateAfter is null)
        {
            Tell(candidate, $"NodePool \"{pool.Name}\" has consolidation disabled");
            return false;
        }

        if (!pool.ConsolidatesUnderused)
        {
            Tell(candidate, $"NodePool \"{pool.Name}\" has non-empty consolidation disabled");
            return false;
        }

        return candidate.Claim.Is(NodeClaim.Consolidatable);
    }

    /// <summary>The most nodes, cheapest to disrupt first, that can go together for one machine at the most.</summary>
    public DisruptionCommand? Several(IReadOnlyList<Candidate> candidates)
    {
        DisruptionCommand? best = null;
        for (var (low, high) = (2, Math.Min(candidates.Count, NodesMax)); low <= high;)
        {
            var middle = (low + high) / 2;
            var command = Compute([.. candidates.Take(middle)]);
            if (command is { Replacements: [var replacement] })
            {
                KeepCheaperThanOwnType(replacement, command.Candidates);
                command = replacement.Choices.Count == 0 ? null : command;
            }

            (best, low, high) = command is null ? (best, low, middle - 1) : (command, middle + 1, high);
        }

        return best;
    }

    /// <summary>What could be done about these nodes; null when nothing.</summary>
    public DisruptionCommand? Compute(IReadOnlyList<Candidate> candidates)
    {
        var leaving = candidates.Select(c => c.Claim.Name).ToHashSet(StringComparer.Ordinal);
        var moving = candidates.SelectMany(c => c.Pods).ToList();
        var plan = planner.Make(moving.Concat(state.Cluster.Waiting.Where(PodSorts.IsProvisionable)), leaving, onlyInitialized: true);
        if (plan.Errors.FirstOrDefault(e => moving.Contains(e.Pod)) is { Pod: { } stuck } error)
        {
            return Not(candidates, $"Not all pods would schedule, {stuck.Metadata.Namespace}/{stuck.Metadata.Name} => {error.Why}");
        }

        return plan.NewClaims.Count switch
        {
            0 => new(DisruptionCommand.Underutilized, candidates, []),
            1 => Replace(candidates, plan.NewClaims[0]),
            var several => Not(candidates, $"Can't remove without creating {several} candidates"),
        };
    }

    private DisruptionCommand? Replace(IReadOnlyList<Candidate> candidates, PlannedClaim replacement)
    {
        if (candidates.Any(c => c.Offer is null))
        {
            return null;
        }

        var price = candidates.Sum(c => c.Offer!.PricePerHour);
        var canBeSpot = replacement.Choices.Any(c => c.Offer.IsSpot);
        if (candidates.All(c => c.Offer!.IsSpot) && canBeSpot)
        {
            return ReplaceSpot(candidates, replacement, price);
        }

        // Who may become Spot was judged by Spot's price, so he must: where there is none, the node stays as it is.
        var mustBeSpot = canBeSpot && replacement.Choices.Any(c => !c.Offer.IsSpot) && replacement.Choices.Any(c => c.Offer.IsSpot && c.Offer.PricePerHour < price);
        replacement.Keep(c => c.Offer.PricePerHour < price && (!mustBeSpot || c.Offer.IsSpot));
        return replacement.Choices.Count == 0 ? Not(candidates, "Can't replace with a cheaper node") : new(DisruptionCommand.Underutilized, candidates, [replacement]);
    }

    private DisruptionCommand? ReplaceSpot(IReadOnlyList<Candidate> candidates, PlannedClaim replacement, double price)
    {
        if (!spotToSpot)
        {
            return Not(candidates, "SpotToSpotConsolidation is disabled, can't replace a spot node with a spot node");
        }

        replacement.Keep(c => c.Offer.IsSpot && c.Offer.PricePerHour < price);
        if (replacement.Choices.Count == 0)
        {
            return Not(candidates, "Can't replace with a cheaper node");
        }

        var types = replacement.Choices.Select(c => c.Offer.Size.Name).Distinct().ToList();
        if (candidates.Count == 1)
        {
            if (types.Count < SpotToSpotTypes)
            {
                return Not(candidates, $"SpotToSpotConsolidation requires {SpotToSpotTypes} cheaper instance type options than the current candidate to consolidate, got {types.Count}");
            }

            // Only the cheapest are asked for, so that what comes is among them and is not replaced again at once.
            var few = types.Take(SpotToSpotTypes).ToHashSet(StringComparer.Ordinal);
            replacement.Keep(c => few.Contains(c.Offer.Size.Name));
        }

        return new(DisruptionCommand.Underutilized, candidates, [replacement]);
    }

    // One of the nodes may be of a type that would do for all: then only what is cheaper still is worth the move, or that node should just stay.
    private static void KeepCheaperThanOwnType(PlannedClaim replacement, IReadOnlyList<Candidate> candidates)
    {
        var own = candidates.GroupBy(c => c.Offer!.Size.Name).ToDictionary(g => g.Key, g => g.Min(c => c.Offer!.PricePerHour), StringComparer.Ordinal);
        var most = replacement.Choices.Where(c => own.ContainsKey(c.Offer.Size.Name)).Select(c => own[c.Offer.Size.Name]).DefaultIfEmpty(double.MaxValue).Min();
        replacement.Keep(c => c.Offer.PricePerHour < most);
    }

    private DisruptionCommand? Not(IReadOnlyList<Candidate> candidates, string why)
    {
        // Of several together nothing is told: each is looked at alone as well.
        if (candidates.Count == 1)
        {
            Tell(candidates[0], why);
        }

        return null;
    }

    private void Tell(Candidate candidate, string why)
    {
        events.Normal(candidate.Node, "Unconsolidatable", why, Quiet);
        events.Normal(candidate.Claim.Object, "Unconsolidatable", why, Quiet);
    }
}
