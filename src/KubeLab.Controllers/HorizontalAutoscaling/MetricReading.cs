using KubeLab.Api.Autoscaling;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>What one line of an autoscaler's metrics asks for, with how it is shown and called.</summary>
/// <param name="Proposal">The number of copies.</param>
/// <param name="Name">What the reason of a change calls the measure.</param>
/// <param name="Status">What the status shows.</param>
internal sealed record MetricReading(Proposal Proposal, string Name, MetricStatus Status);
