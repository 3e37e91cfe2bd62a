using KubeLab.Api.Core;
using KubeLab.Simulation;

namespace KubeLab.Controllers.NodeLifecycle;

/// <summary>
/// Lets silent nodes be tainted zone by zone, each at the rate that the zone's state allows, and none when every node of the cluster is
/// silent.
/// </summary>
internal sealed class ZoneEvictions(VirtualClock clock, NodeLifecycleOptions options, Action<string> taint)
{
    private readonly SortedDictionary<string, EvictionQueue> queues = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ZoneState> states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> zoneOf = new(StringComparer.Ordinal);
    private Scheduled? pass;

    /// <summary>Follows what was observed of a node: the taint <paramref name="key"/> it calls for, or null when it is ready.</summary>
    public void Follow(Node node, string? key, Action<string, string?> setTaint)
    {
        var name = node.Metadata.Name!;
        var queue = QueueOf(name, Zones.Of(node));
        var present = NodeTaints.ExecutionKey(node);
        if (key is null)
        {
            queue.Remove(name);
            if (present is not null)
            {
                setTaint(name, null);
            }
        }
        else if (present is null)
        {
            queue.Add(name);
            PassLater();
        }
        else if (present != key)
        {
            // Its pods are being driven away already; only the reason changes.
            setTaint(name, key);
        }
    }

    /// <summary>Forgets a node that is gone.</summary>
    public void Forget(string node)
    {
        if (zoneOf.Remove(node, out var zone))
        {
            queues[zone].Remove(node);
        }
    }

    /// <summary>Judges the zones by their counts and sets their rates.</summary>
    public void Judge(
        SortedDictionary<string, (int Ready, int NotReady)> counts, IEnumerable<string> nodes, Action<string, string?> setTaint)
    {
        var judged = counts.ToDictionary(c => c.Key, c => Zones.Judge(c.Value.Ready, c.Value.NotReady, options.UnhealthyZoneThreshold));
        var allWere = states.Count > 0 && states.Values.All(s => s == ZoneState.FullDisruption);
        var allAre = judged.Count > 0 && judged.Values.All(s => s == ZoneState.FullDisruption);
        foreach (var (zone, count) in counts)
        {
            // When every node is silent it is rather the control plane that is cut off, so nothing is evicted at all.
            var rate = allAre ? 0 : Zones.EvictionRate(judged[zone], count.Ready + count.NotReady, options);
            QueueIn(zone).Limit(rate, clock.Now);
            states[zone] = judged[zone];
        }

        foreach (var gone in states.Keys.Where(z => !counts.ContainsKey(z)).ToList())
        {
            states.Remove(gone);
        }

        if (allAre && !allWere)
        {
            foreach (var node in nodes.ToList())
            {
                if (zoneOf.TryGetValue(node, out var zone))
                {
                    queues[zone].Remove(node);
                }

                setTaint(node, null);
            }
        }

        PassLater();
    }

    public void Stop() => pass?.Cancel();

    private EvictionQueue QueueOf(string node, string zone)
    {
        if (zoneOf.TryGetValue(node, out var before) && before != zone)
        {
            queues[before].Remove(node);
        }

        zoneOf[node] = zone;
        return QueueIn(zone);
    }

    private EvictionQueue QueueIn(string zone)
    {
        if (!queues.TryGetValue(zone, out var queue))
        {
            queues.Add(zone, queue = new EvictionQueue(options.EvictionRate, clock.Now));
        }

        return queue;
    }

    private void PassLater()
    {
        if (pass is null or { IsOver: true } && queues.Values.Any(q => !q.IsEmpty && q.Rate > 0))
        {
            pass = clock.After(options.TaintPeriod, Pass);
        }
    }

    private void Pass()
    {
        foreach (var queue in queues.Values)
        {
            while (queue.TryTake(clock.Now) is { } node)
            {
                taint(node);
            }
        }

        pass = null;
        PassLater();
    }
}
