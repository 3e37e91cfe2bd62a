namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>A measure that could not be had; the message is upstream's.</summary>
public sealed class MetricsException(string message) : Exception(message);
