namespace KubeLab.Controllers.NodeLifecycle;

/// <summary>The nodes of a zone that wait to be tainted, let through at a limited rate.</summary>
/// <remarks>Upstream: RateLimitedTimedQueue over a token bucket that holds one token.</remarks>
public sealed class EvictionQueue(double rate, DateTimeOffset now)
{
    private readonly List<string> waiting = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private double tokens = 1;
    private DateTimeOffset filledAt = now;

    /// <summary>Nodes per second.</summary>
    public double Rate { get; private set; } = rate;

    /// <summary>Whether any node waits.</summary>
    public bool IsEmpty => waiting.Count == 0;

    /// <summary>Adds a node, unless it waits or has been let through since it was last removed.</summary>
    public bool Add(string node)
    {
        if (!known.Add(node))
        {
            return false;
        }

        waiting.Add(node);
        return true;
    }

    /// <summary>Removes a node, so that it may come again.</summary>
    public void Remove(string node)
    {
        if (known.Remove(node))
        {
            waiting.Remove(node);
        }
    }

    /// <summary>Changes the rate; what was saved up stays.</summary>
    public void Limit(double nodesPerSecond, DateTimeOffset now)
    {
        Fill(now);
        Rate = nodesPerSecond;
    }

    /// <summary>The next node, when one waits and the rate allows it.</summary>
    public string? TryTake(DateTimeOffset now)
    {
        Fill(now);
        if (waiting.Count == 0 || Rate <= 0 || tokens < 1)
        {
            return null;
        }

        tokens--;
        var node = waiting[0];
        waiting.RemoveAt(0);
        return node;
    }

    private void Fill(DateTimeOffset now)
    {
        // The tolerance keeps ten seconds at a tenth per second from falling short of one by rounding.
        tokens = Math.Min(1, tokens + (Rate * (now - filledAt).TotalSeconds) + 1e-9);
        filledAt = now;
    }
}
