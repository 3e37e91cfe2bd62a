namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>A measure of one pod.</summary>
/// <param name="Value">In thousandths of its unit.</param>
/// <param name="Timestamp">When it was taken.</param>
/// <param name="Window">The time that it averages over.</param>
public readonly record struct PodMetric(long Value, DateTimeOffset Timestamp = default, TimeSpan Window = default);
