using KubeLab.Nodes.Serving;
using KubeLab.Nodes.Traffic;
using KubeLab.Simulated;
using KubeLab.Simulation;

namespace KubeLab;

/// <summary>Clients that send requests to a service until they are stopped, and what has come of it.</summary>
public sealed class RequestLoad
{
    private readonly SimulatedCluster cluster;
    private readonly RequestFlow flow;
    private readonly int number;

    internal RequestLoad(SimulatedCluster cluster, int number, string service, RequestFlow flow) =>
        (this.cluster, this.number, Service, this.flow) = (cluster, number, service, flow);

    /// <summary>The service as it was named.</summary>
    public string Service { get; }

    /// <summary>Whether they send no more.</summary>
    public bool IsStopped { get; internal set; }

    /// <summary>Requests sent per second.</summary>
    public TimeSeries Offered => flow.Offered;

    /// <summary>Requests answered in time per second.</summary>
    public TimeSeries Served => flow.Served;

    /// <summary>Requests turned away per second: the queue is full, or nobody listens.</summary>
    public TimeSeries Refused => flow.Refused;

    /// <summary>Requests per second whose clients gave up waiting.</summary>
    public TimeSeries TimedOut => flow.TimedOut;

    /// <summary>Requests per second that found no endpoint, or no service.</summary>
    public TimeSeries NoEndpoint => flow.NoEndpoint;

    /// <summary>Within this time half of the answers come, in milliseconds; no number while there are none.</summary>
    public TimeSeries P50 => flow.P50;

    /// <summary>Within this time 95 of 100 answers come, in milliseconds; no number while there are none.</summary>
    public TimeSeries P95 => flow.P95;

    /// <summary>Within this time 99 of 100 answers come, in milliseconds; no number while there are none.</summary>
    public TimeSeries P99 => flow.P99;

    /// <summary>All answers by how long they took, from the start up to now: its percentiles are those of the whole run, each request counted once.</summary>
    public LatencyHistogram Latency => flow.Latency;

    /// <summary>Requests counted from the start up to now.</summary>
    public FlowTotals Totals => flow.Totals;

    /// <summary>What share of the requests went wrong up to now, from 0 to 1.</summary>
    public double ErrorRate => Totals is { Offered: > 0 } totals ? totals.Errors / totals.Offered : 0;

    internal RequestFlow Flow => flow;

    /// <summary>The clients stop; what was recorded stays.</summary>
    public void Stop() => cluster.StopLoad(number);

    /// <summary>The counts in one line.</summary>
    public override string ToString()
    {
        var totals = Totals;
        return FormattableString.Invariant(
            $"load on {Service}: {totals.Offered:#,0} requests, {totals.Served:#,0} served, {totals.Refused:#,0} refused, {totals.TimedOut:#,0} timed out, {totals.NoEndpoint:#,0} without endpoint; p95 now {P95.Latest:0.#} ms");
    }
}
