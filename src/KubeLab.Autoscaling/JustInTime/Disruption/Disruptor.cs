using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Autoscaling.JustInTime.Provisioning;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime.Disruption;

/// <summary>Looks every ten seconds for nodes that can go: empty ones, drifted ones, several at once for one, one for a cheaper one; the first finding is checked again after a while and then carried out.</summary>
/// <remarks>Upstream: pkg/controllers/disruption/controller.go and validation.go.</remarks>
/// <seealso href="https://karpenter.sh/docs/concepts/disruption/">Karpenter: disruption</seealso>
internal sealed class Disruptor(
    VirtualClock clock, ClusterState state, CandidateFinder finder, ProvisioningPlanner planner, Consolidation consolidation, DisruptionQueue queue, KarpenterEvents events, JustInTimeOptions options)
{
    private static readonly TimeSpan LookAnyway = TimeSpan.FromMinutes(5);

    private Repeating? looks;
    private Scheduled? validation;
    private long seen = -1;
    private DateTimeOffset seenAt;
    private bool isHeldBack;

    public void Start() => looks = clock.Every(options.DisruptionPoll, Look);

    public void Stop()
    {
        looks?.Cancel();
        validation?.Cancel();
        validation = null;
        seen = -1;
        queue.Stop();
    }

    private void Look()
    {
        // Nothing has changed that could change the answer.
        if (!state.HasSynced || validation is { IsOver: false } || (seen == state.Version && clock.Now - seenAt < LookAnyway))
        {
            return;
        }

        isHeldBack = false;
        (seen, seenAt) = (state.Version, clock.Now);
        var candidates = finder.Find();
        if (Empty(candidates) is { } empty)
        {
            ValidateLater(empty);
        }
        else if (Drifted(candidates) is { } drifted)
        {
            queue.Add(drifted);
        }
        else if ((Several(candidates) ?? One(candidates)) is { } command)
        {
            ValidateLater(command);
        }

        // What a budget or a nomination holds back is looked at again, though nothing changes but the time.
        seen = isHeldBack || finder.WaitsForTime ? -1 : seen;
    }

    private void ValidateLater(DisruptionCommand command) => validation = clock.After(options.ConsolidationValidation, () => Validate(command));

    private DisruptionCommand? Empty(IReadOnlyList<Candidate> candidates)
    {
        var allowed = new Allowance(this, DisruptionCommand.Empty);
        var empty = candidates.Where(c => c.Pods.Count == 0 && c.Pool.ConsolidateAfter is not null && c.Claim.Is(NodeClaim.Consolidatable) && allowed.Take(c.Pool)).ToList();
        return empty.Count == 0 ? null : new(DisruptionCommand.Empty, empty, []);
    }

    private DisruptionCommand? Drifted(IReadOnlyList<Candidate> candidates)
    {
        var allowed = new Allowance(this, DisruptionCommand.Drifted);
        foreach (var candidate in candidates.Where(c => c.Claim.Is(NodeClaim.Drifted)).OrderBy(c => c.Claim.Since(NodeClaim.Drifted)))
        {
            if (!allowed.Take(candidate.Pool))
            {
                continue;
            }

            var plan = planner.Make(candidate.Pods, new HashSet<string>(StringComparer.Ordinal) { candidate.Claim.Name });
            if (plan.Errors.Count == 0)
            {
                return new(DisruptionCommand.Drifted, [candidate], plan.NewClaims);
            }

            events.Normal(candidate.Node, "DisruptionBlocked", "Scheduling simulation failed to schedule all pods");
        }

        return null;
    }

    private DisruptionCommand? Several(IReadOnlyList<Candidate> candidates)
    {
        var allowed = new Allowance(this, DisruptionCommand.Underutilized);
        return consolidation.Several([.. candidates.Where(c => consolidation.IsWanted(c) && allowed.Take(c.Pool))]);
    }

    private DisruptionCommand? One(IReadOnlyList<Candidate> candidates)
    {
        var allowed = new Allowance(this, DisruptionCommand.Underutilized);
        return candidates.Where(c => consolidation.IsWanted(c) && allowed.Has(c.Pool)).Select(c => consolidation.Compute([c])).FirstOrDefault(c => c is not null);
    }

    // Pods may have come meanwhile, or somebody may want to keep a node now: only what is still right is done.
    private void Validate(DisruptionCommand command)
    {
        validation = null;
        var still = command.Candidates.Select(c => state.Claims.GetValueOrDefault(c.Claim.Name)).OfType<NodeClaim>().Select(finder.Of).OfType<Candidate>().ToList();
        var allowed = new Allowance(this, command.Reason);
        if (still.Count == command.Candidates.Count && still.TrueForAll(c => c.Claim.Is(NodeClaim.Consolidatable) && allowed.Take(c.Pool)) && Again(command, still) is { } checkedCommand)
        {
            try
            {
                queue.Add(checkedCommand);
            }
            catch (ApiException)
            {
                // The server is away; what is right is found again.
            }
        }

        seen = -1;
    }

    private DisruptionCommand? Again(DisruptionCommand command, List<Candidate> still)
    {
        if (command.Reason == DisruptionCommand.Empty)
        {
            return still.TrueForAll(c => c.Pods.Count == 0) ? command with { Candidates = still } : null;
        }

        var now = consolidation.Compute(still);
        if (now is null || now.Replacements.Count != command.Replacements.Count)
        {
            return null;
        }

        // Of what was chosen before, only that is asked for which would be chosen now as well.
        if (command.Replacements is [var before] && now.Replacements is [var after])
        {
            var chosen = before.Choices.Select(c => c.Offer.Key).ToHashSet();
            after.Keep(c => chosen.Contains(c.Offer.Key));
            return after.Choices.Count == 0 ? null : now;
        }

        return now;
    }

    /// <summary>What the budgets of each pool still allow within one decision.</summary>
    private sealed class Allowance(Disruptor disruptor, string reason)
    {
        private readonly Dictionary<string, int> left = new(StringComparer.Ordinal);

        public bool Has(NodePool pool)
        {
            if (!left.TryGetValue(pool.Name, out var allowed))
            {
                left[pool.Name] = allowed = disruptor.AllowedNow(pool, reason);
            }

            return allowed > 0;
        }

        public bool Take(NodePool pool)
        {
            if (!Has(pool))
            {
                return false;
            }

            left[pool.Name]--;
            return true;
        }
    }

    private int AllowedNow(NodePool pool, string reason)
    {
        var own = state.Claims.Values.Where(c => c.PoolName == pool.Name && c.Is(NodeClaim.Initialized)).ToList();
        var going = own.Count(c => c.IsGoing || state.Marked.Contains(c.Name) || state.NodeOf(c)?.Status.Conditions.Find(n => n.Type == "Ready")?.Status != "True");
        var allowed = Math.Max(0, DisruptionBudgets.Allowed(pool.Spec.Disruption?.Budgets, reason, own.Count, clock.Now) - going);
        if (allowed == 0 && own.Count > 0)
        {
            isHeldBack = true;
            events.Normal(pool.Object, "DisruptionBlocked", $"No allowed disruptions for disruption reason {reason} due to blocking budget", TimeSpan.FromMinutes(1));
        }

        return allowed;
    }
}
