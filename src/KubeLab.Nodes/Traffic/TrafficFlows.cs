using KubeLab.Nodes.Proxy;
using KubeLab.Nodes.Serving;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Traffic;

/// <summary>
/// All requests of a cluster as fluids: who sends how much, where it goes, and how those fare who serve it. Nothing is computed for single requests, and nothing at all while rates, endpoints and
/// shares of machines stay as they are.
/// </summary>
public sealed partial class TrafficFlows
{
    // How closely a queue is followed that fills or empties, and how soon it is noticed that somebody listens again.
    private const double StepsOfChange = 20;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookMax = TimeSpan.FromMinutes(1);

    private readonly VirtualClock clock;
    private readonly Randomness chance;
    private readonly FlowRouting routing;
    private readonly List<RequestFlow> flows = [];
    private readonly OrderedDictionary<ContainerServing, double> asked = [];
    private Scheduled? next;
    private bool isStale;
    private bool isLooking;
    private TimeSpan? rerouteIn;
    private DateTimeOffset rerouteAt;
    private int opened;

    /// <summary>A cluster without traffic.</summary>
    /// <param name="clock">Virtual time.</param>
    /// <param name="chance">Decides where loyal clients go.</param>
    /// <param name="rules">What the proxies see.</param>
    /// <param name="nodes">The machines.</param>
    public TrafficFlows(VirtualClock clock, Randomness chance, SharedRules rules, Func<IEnumerable<Kubelet>> nodes)
    {
        ArgumentNullException.ThrowIfNull(rules);
        this.clock = clock;
        this.chance = chance;
        routing = new FlowRouting(rules, nodes, OnServing);
        rules.Changed += Touch;
    }

    /// <summary>Requests begin to flow.</summary>
    public RequestFlow Open(RequestAim aim, IRequestRate rate)
    {
        var flow = new RequestFlow(aim, rate, clock, chance.For($"flow-{++opened}"));
        flows.Add(flow);
        Touch();
        return flow;
    }

    /// <summary>They flow no more; what was recorded stays.</summary>
    public void Close(RequestFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (flows.Contains(flow))
        {
            Bring();
            flows.Remove(flow);
            flow.End();
            KeepCount(flow);
            Touch();
        }
    }

    /// <summary>Something has changed: later in this instant it is seen where all goes now.</summary>
    private void Touch()
    {
        isStale = true;
        LookSoon();
    }

    // Who gets more or less of his machine serves faster or slower; who has ended is to be asked no more.
    private void OnServing(ContainerServing serving)
    {
        isStale |= serving.IsOver;
        LookSoon();
    }

    private void LookSoon()
    {
        if (!isLooking && (flows.Count > 0 || asked.Count > 0))
        {
            LookAfter(TimeSpan.Zero);
        }
    }

    private void LookAfter(TimeSpan wait)
    {
        if (next is { IsOver: false } && next.Due <= clock.Now + wait)
        {
            return;
        }

        next?.Cancel();
        next = clock.After(wait, Look);
    }

    private void Look()
    {
        next = null;
        isLooking = true;
        try
        {
            Bring();
            if (isStale || (rerouteIn is not null && clock.Now >= rerouteAt))
            {
                Reroute();
            }

            flows.ForEach(f => f.Send());
            Load();
            flows.ForEach(f => f.Record());
        }
        finally
        {
            isLooking = false;
        }

        if (isStale)
        {
            // Somebody died of what was just sent.
            LookAfter(TimeSpan.Zero);
        }
        else if (Wait() is { } wait)
        {
            LookAfter(wait);
        }
    }

    // Everything is counted up to now by what held until now.
    private void Bring()
    {
        foreach (var serving in asked.Keys)
        {
            serving.Advance();
        }

        flows.ForEach(f => f.Account());
    }

    private void Reroute()
    {
        (isStale, rerouteIn) = (false, null);
        foreach (var flow in flows)
        {
            flow.Take(routing.Find(flow));
            if (flow.Parts.Any(p => p.End is FlowEnd.Refused or FlowEnd.Silence))
            {
                Sooner(LookAgain);
            }

            if (routing.ListensIn is { } wait)
            {
                Sooner(wait);
            }
        }

        rerouteAt = clock.Now + (rerouteIn ?? TimeSpan.Zero);

        void Sooner(TimeSpan wait) => rerouteIn = rerouteIn is null || wait < rerouteIn ? wait : rerouteIn;
    }

    private void Load()
    {
        foreach (var serving in asked.Keys.ToList())
        {
            asked[serving] = 0;
        }

        foreach (var flow in flows)
        {
            foreach (var part in flow.Parts)
            {
                if (part.Serving is { } serving)
                {
                    asked[serving] = asked.GetValueOrDefault(serving) + (flow.Rate * part.Share);
                }
            }
        }

        // All say first what they want of their machines, then each finds out what it gets.
        foreach (var (serving, rate) in asked)
        {
            serving.Advance();
            serving.Arrive(rate);
        }

        foreach (var serving in asked.Keys.ToList())
        {
            serving.Settle();
            if (serving.IsOver || serving is { Rate: 0, Waiting: 0 })
            {
                asked.Remove(serving);
            }
        }
    }

    private TimeSpan? Wait()
    {
        TimeSpan? first = rerouteIn is null ? null : rerouteAt - clock.Now;
        foreach (var flow in flows)
        {
            if (flow.NextChange is { } change)
            {
                Sooner(change - clock.Now);
            }
        }

        foreach (var serving in asked.Keys)
        {
            if (serving.UntilChange is { } seconds)
            {
                var step = TimeSpan.FromSeconds(Math.Clamp(seconds / StepsOfChange, LookAgain.TotalSeconds, LookMax.TotalSeconds));
                var whole = TimeSpan.FromSeconds(Math.Min(seconds, LookMax.TotalSeconds)) + TimeSpan.FromTicks(1);
                Sooner(whole < step ? whole : step);
            }
        }

        return first is { } wait && wait < TimeSpan.Zero ? TimeSpan.Zero : first;

        void Sooner(TimeSpan wait) => first = first is null || wait < first ? wait : first;
    }
}
