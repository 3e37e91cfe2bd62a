using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.JustInTime.Lifecycle;
using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Autoscaling.JustInTime.Provisioning;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime.Disruption;

/// <summary>Carries decisions out: nodes are closed, their replacements asked for and awaited, and then they go.</summary>
/// <remarks>Upstream: pkg/controllers/disruption/orchestration.</remarks>
internal sealed class DisruptionQueue(IKubernetesApi api, VirtualClock clock, ClusterState state, Provisioner provisioner, ClaimWriter writer, KarpenterEvents events)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly List<Running> running = [];
    private Scheduled? next;

    /// <summary>Begins.</summary>
    public void Add(DisruptionCommand command)
    {
        var names = command.Candidates.Select(c => c.Claim.Name).ToList();
        names.ForEach(n => state.Marked.Add(n));
        try
        {
            foreach (var candidate in command.Candidates)
            {
                Change(candidate.Node.Metadata.Name!, NodeMarks.Disrupted);
                writer.Set(state.Claims[candidate.Claim.Name], NodeClaim.DisruptionReason, "True", command.Reason, command.Reason);
            }

            var created = provisioner.Create(command.Replacements, tellPods: false);
            foreach (var claim in created)
            {
                events.Normal(claim, "DisruptionLaunching", $"Launching NodeClaim: {command.Reason}");
            }

            running.Add(new(command.Reason, names, [.. created.Select(c => c.Metadata.Name!)], clock.Now + Patience));
        }
        catch (ApiException)
        {
            Spare(names);
        }

        Await();
    }

    public void Stop()
    {
        next?.Cancel();
        next = null;
        running.Clear();
    }

    private void Await() => next ??= running.Count > 0 ? clock.After(Poll, Step) : null;

    private void Step()
    {
        next = null;
        foreach (var one in running.ToList())
        {
            try
            {
                if (IsOver(one))
                {
                    running.Remove(one);
                }
            }
            catch (ApiException)
            {
                // Tried again at the next look.
            }
        }

        Await();
    }

    private bool IsOver(Running one)
    {
        var replacements = one.Replacements.Select(r => state.Claims.GetValueOrDefault(r)).ToList();

        // A replacement that was given up, or that does not come, leaves the nodes where they were.
        if (replacements.Contains(null) || clock.Now > one.Until)
        {
            Spare(one.Candidates);
            return true;
        }

        foreach (var waiting in replacements.Where(r => !r!.Is(NodeClaim.Initialized)))
        {
            events.Normal(waiting!.Object, "DisruptionWaitingReadiness", "Waiting on readiness to continue disruption", Patience);
        }

        if (replacements.Exists(r => !r!.Is(NodeClaim.Initialized)))
        {
            return false;
        }

        foreach (var name in one.Candidates)
        {
            if (state.Claims.GetValueOrDefault(name) is { IsGoing: false } claim)
            {
                if (state.NodeOf(claim) is { } node)
                {
                    events.Normal(node, "DisruptionTerminating", $"Disrupting Node: {one.Reason}");
                }

                events.Normal(claim.Object, "DisruptionTerminating", $"Disrupting NodeClaim: {one.Reason}");
                writer.Delete(name);
            }
        }

        return true;
    }

    private void Spare(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            state.Marked.Remove(name);
            if (state.Claims.GetValueOrDefault(name) is { IsGoing: false } claim)
            {
                writer.Clear(claim, NodeClaim.DisruptionReason);
                Change(claim.Status.NodeName ?? name, NodeMarks.Spared);
            }
        }
    }

    private void Change(string name, Func<Node, Node> change)
    {
        if (api.Find<Node>("", name) is { } node && change(node) is var changed && changed != node)
        {
            api.Update(changed);
        }
    }

    private sealed record Running(string Reason, IReadOnlyList<string> Candidates, IReadOnlyList<string> Replacements, DateTimeOffset Until);
}
