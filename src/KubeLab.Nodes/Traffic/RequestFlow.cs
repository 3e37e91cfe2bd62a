using KubeLab.Nodes.Serving;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Traffic;

/// <summary>Requests of one source to one service, as a fluid: rates in place of single requests, and what came of them.</summary>
public sealed class RequestFlow
{
    private const string PerSecond = "requests/s";
    private const string Milliseconds = "ms";

    private readonly VirtualClock clock;
    private readonly IRequestRate source;
    private readonly Dictionary<string, string> loyal = new(StringComparer.Ordinal);
    private readonly Randomness chance;
    private readonly LatencyHistogram latency = new();
    private DateTimeOffset since;
    private DateTimeOffset lastSent;
    private FlowTotals counted;
    private FlowTotals perSecond;
    private double bytesCounted;
    private double bytesPerSecond;
    private bool isOver;

    internal RequestFlow(RequestAim aim, IRequestRate source, VirtualClock clock, Randomness chance)
    {
        Aim = aim;
        this.source = source;
        this.clock = clock;
        this.chance = chance;
        since = lastSent = clock.Now;
    }

    /// <summary>From where and to where.</summary>
    public RequestAim Aim { get; }

    /// <summary>Requests sent per second.</summary>
    public TimeSeries Offered { get; } = new("offered", PerSecond);

    /// <summary>Requests answered in time per second.</summary>
    public TimeSeries Served { get; } = new("served", PerSecond);

    /// <summary>Requests turned away per second: queue full, or nobody listens.</summary>
    public TimeSeries Refused { get; } = new("refused", PerSecond);

    /// <summary>Requests per second whose clients gave up.</summary>
    public TimeSeries TimedOut { get; } = new("timed out", PerSecond);

    /// <summary>Requests per second that found no endpoint.</summary>
    public TimeSeries NoEndpoint { get; } = new("no endpoint", PerSecond);

    /// <summary>Within this time half of the answers come, in milliseconds; <see cref="double.NaN"/> while there are none.</summary>
    public TimeSeries P50 { get; } = new("p50", Milliseconds);

    /// <summary>Within this time 95 of 100 answers come, in milliseconds; <see cref="double.NaN"/> while there are none.</summary>
    public TimeSeries P95 { get; } = new("p95", Milliseconds);

    /// <summary>Within this time 99 of 100 answers come, in milliseconds; <see cref="double.NaN"/> while there are none.</summary>
    public TimeSeries P99 { get; } = new("p99", Milliseconds);

    /// <summary>All requests up to now.</summary>
    public FlowTotals Totals => isOver ? counted : counted + (perSecond * (clock.Now - since).TotalSeconds);

    /// <summary>What all answers up to now weigh, in bytes.</summary>
    public double ResponseBytes => isOver ? bytesCounted : bytesCounted + (bytesPerSecond * (clock.Now - since).TotalSeconds);

    /// <summary>All answers up to now by how long they took, in a copy; those given up count with the patience of their clients.</summary>
    public LatencyHistogram Latency
    {
        get
        {
            SpreadAll(Parts);
            var upToNow = latency + new LatencyHistogram();
            foreach (var part in isOver ? [] : Parts)
            {
                // Nothing has changed since the last time, or it would have been counted.
                var (perSecond, time) = part.Responses;
                upToNow.Add(time, perSecond * (clock.Now - since).TotalSeconds, Aim.Timeout.TotalSeconds);
            }

            return upToNow;
        }
    }

    /// <summary>Requests per second now.</summary>
    internal double Rate { get; private set; }

    /// <summary>Where it goes, as far as is known.</summary>
    internal IReadOnlyList<FlowPart> Parts { get; private set; } = [];

    /// <summary>When it next sends more or less.</summary>
    internal DateTimeOffset? NextChange => source.NextChange(clock.Now);

    /// <summary>Counts what has come of it since the last time.</summary>
    internal void Account()
    {
        var seconds = (clock.Now - since).TotalSeconds;
        foreach (var part in Parts)
        {
            var done = part.Account(Rate, seconds);
            counted += done;
            bytesCounted += done.Served * part.ResponseBytes;
        }

        (since, perSecond, bytesPerSecond) = (clock.Now, default, 0);
        lastSent = Rate > 0 ? clock.Now : lastSent;
    }

    /// <summary>From now on it goes there; nobody sends anything when that is nowhere.</summary>
    internal void Take(IReadOnlyList<FlowPart> parts)
    {
        var before = new OrderedDictionary<ContainerServing, FlowPart>();
        foreach (var part in Parts)
        {
            if (part.Serving is { IsOver: false } serving)
            {
                before.Add(serving, part);
            }
        }

        var now = new List<FlowPart>(parts.Count);
        foreach (var part in parts)
        {
            if (part.Serving is { } serving && before.TryGetValue(serving, out var known))
            {
                known.Share = part.Share;
                before.Remove(serving);
                now.Add(known);
            }
            else
            {
                now.Add(part);
            }
        }

        SpreadAll(Parts.Except(now));

        // What waits at a process that gets nothing new is still answered.
        foreach (var (serving, part) in before)
        {
            if (serving.Waiting > 0)
            {
                part.Share = 0;
                now.Add(part);
            }
        }

        Parts = now;
    }

    /// <summary>Finds out how much is sent from now on.</summary>
    internal void Send() => Rate = isOver || Parts.All(p => p.Share <= 0) ? 0 : Math.Max(source.At(clock.Now), 0);

    /// <summary>Records how it fares from now on.</summary>
    internal void Record()
    {
        var timeout = Aim.Timeout.TotalSeconds;
        (perSecond, bytesPerSecond) = (default, 0);
        var responses = new List<(double, ResponseTime)>(Parts.Count);
        foreach (var part in Parts)
        {
            var figures = part.PerSecond(Rate, timeout, latency);
            perSecond += figures;
            bytesPerSecond += figures.Served * part.ResponseBytes;
            responses.Add(part.Responses);
        }

        var now = clock.Now;
        Offered.Record(now, perSecond.Offered);
        Served.Record(now, perSecond.Served);
        Refused.Record(now, perSecond.Refused);
        TimedOut.Record(now, perSecond.TimedOut);
        NoEndpoint.Record(now, perSecond.NoEndpoint);

        // Nobody waits longer than until he gives up. Math.Min keeps what is not a number.
        P50.Record(now, 1000 * Math.Min(ResponseMix.Quantile(responses, 0.50), timeout));
        P95.Record(now, 1000 * Math.Min(ResponseMix.Quantile(responses, 0.95), timeout));
        P99.Record(now, 1000 * Math.Min(ResponseMix.Quantile(responses, 0.99), timeout));
    }

    /// <summary>It ends.</summary>
    internal void End()
    {
        isOver = true;
        SpreadAll(Parts);
        Parts = [];
        Send();
        Record();
    }

    private void SpreadAll(IEnumerable<FlowPart> parts)
    {
        foreach (var part in parts)
        {
            part.Spread(latency, Aim.Timeout.TotalSeconds);
        }
    }

    /// <summary>The endpoint that the client on a node stays with, of those to which it may go: the one of last time, unless that is gone or was too long ago.</summary>
    internal T Loyal<T>(string node, TimeSpan affinity, IReadOnlyList<T> endpoints, Func<T, string> name)
    {
        if (clock.Now - lastSent <= affinity && loyal.TryGetValue(node, out var before))
        {
            foreach (var endpoint in endpoints)
            {
                if (name(endpoint) == before)
                {
                    return endpoint;
                }
            }
        }

        var chosen = endpoints[chance.NextInt(endpoints.Count)];
        loyal[node] = name(chosen);
        return chosen;
    }
}
