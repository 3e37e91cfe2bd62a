namespace KubeLab.Nodes.Traffic;

/// <summary>Requests counted from the start of a flow. What was offered and is in none of the others waits for its turn.</summary>
/// <param name="Offered">Sent by clients.</param>
/// <param name="Served">Answered in time.</param>
/// <param name="Refused">Turned away: by a full queue (503), by a port on which nobody listens, or lost with the process that had them.</param>
/// <param name="TimedOut">Not answered before the client gave up.</param>
/// <param name="NoEndpoint">Rejected because the service has no endpoints, or does not exist.</param>
public readonly record struct FlowTotals(double Offered, double Served, double Refused, double TimedOut, double NoEndpoint)
{
    /// <summary>All that went wrong.</summary>
    public double Errors => Refused + TimedOut + NoEndpoint;

    /// <summary>Adds two counts.</summary>
    public static FlowTotals operator +(FlowTotals left, FlowTotals right) => new(
        left.Offered + right.Offered, left.Served + right.Served, left.Refused + right.Refused, left.TimedOut + right.TimedOut, left.NoEndpoint + right.NoEndpoint);

    /// <summary>As much for so many times.</summary>
    public static FlowTotals operator *(FlowTotals one, double times) =>
        new(one.Offered * times, one.Served * times, one.Refused * times, one.TimedOut * times, one.NoEndpoint * times);

    /// <summary>Adds two counts.</summary>
    public FlowTotals Add(FlowTotals other) => this + other;

    /// <summary>As much for so many times.</summary>
    public FlowTotals Multiply(double times) => this * times;
}
