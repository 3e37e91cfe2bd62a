using KubeLab.Nodes.Serving;

namespace KubeLab.Nodes.Traffic;

/// <summary>The part of a flow that goes one way: to a process, or into the void.</summary>
internal sealed class FlowPart(FlowEnd end, double share, ContainerServing? serving)
{
    // An exponential tail never ends; fewer than one in a billion are nobody.
    private const double Nobody = 1e-9;

    private double servedBefore = serving?.Served ?? 0;
    private double refusedBefore = serving?.Refused ?? 0;
    private double fraction;
    private double late;
    private ResponseTime response;
    private double unspread;

    /// <summary>What becomes of it.</summary>
    public FlowEnd End => end;

    /// <summary>How much of the flow it is, from 0 to 1.</summary>
    public double Share { get; set; } = share;

    /// <summary>Who serves it, or null.</summary>
    public ContainerServing? Serving => serving;

    /// <summary>What one answer weighs, in bytes.</summary>
    public long ResponseBytes => serving?.Profile.ResponseBytes ?? 0;

    /// <summary>What has come of it since it was last asked.</summary>
    /// <param name="rate">Requests per second of the whole flow.</param>
    /// <param name="seconds">How long that was.</param>
    public FlowTotals Account(double rate, double seconds)
    {
        var sent = rate * Share * seconds;
        if (serving is null)
        {
            return Lost(sent);
        }

        var (served, refused) = ((serving.Served - servedBefore) * fraction, (serving.Refused - refusedBefore) * fraction);
        (servedBefore, refusedBefore) = (serving.Served, serving.Refused);
        unspread += served;
        return new FlowTotals(sent, served * (1 - late), refused, served * late, 0);
    }

    /// <summary>What comes of it per second from now on; <paramref name="rate"/> is the flow's.</summary>
    public FlowTotals PerSecond(double rate, double timeoutSeconds, LatencyHistogram latency)
    {
        if (serving is null)
        {
            return Lost(rate * Share);
        }

        // Others may send to the same process; what still waits when nobody does is whose it was.
        fraction = serving.Rate > 0 ? Math.Min(rate * Share / serving.Rate, 1) : fraction;
        var figures = serving.Figures;
        if (figures.Response != response)
        {
            Spread(latency, timeoutSeconds);
            response = figures.Response;
        }

        late = figures.Response.Exceeds(timeoutSeconds);
        late = late < Nobody ? 0 : late;
        var served = figures.ServedPerSecond * fraction;
        return new FlowTotals(rate * Share, served * (1 - late), figures.RefusedPerSecond * fraction, served * late, 0);
    }

    /// <summary>How many answers per second take how long.</summary>
    public (double Weight, ResponseTime Time) Responses => serving is null ? default : (serving.Figures.ServedPerSecond * fraction, serving.Figures.Response);

    /// <summary>Counts the answers since the last time by how long they took.</summary>
    public void Spread(LatencyHistogram latency, double timeoutSeconds)
    {
        latency.Add(response, unspread, timeoutSeconds);
        unspread = 0;
    }

    private FlowTotals Lost(double count) => end switch
    {
        FlowEnd.Refused => new FlowTotals(count, 0, count, 0, 0),
        FlowEnd.Silence => new FlowTotals(count, 0, 0, count, 0),
        _ => new FlowTotals(count, 0, 0, 0, count),
    };
}

/// <summary>Where a part of a flow ends.</summary>
internal enum FlowEnd
{
    /// <summary>At a process that listens.</summary>
    Served,

    /// <summary>At a pod in which nobody listens.</summary>
    Refused,

    /// <summary>Nowhere: nobody answers.</summary>
    Silence,

    /// <summary>At the client's own node: there are no endpoints, or there is no such service.</summary>
    NoEndpoint,
}
