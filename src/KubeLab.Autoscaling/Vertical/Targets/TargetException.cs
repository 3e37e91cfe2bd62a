namespace KubeLab.Autoscaling.Vertical.Targets;

/// <summary>The controller that is meant is not there, or is not of a kind that can be meant; the message is upstream's.</summary>
internal sealed class TargetException(string message) : Exception(message);
