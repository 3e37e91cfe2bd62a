namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>A line whose measure could not be read.</summary>
/// <param name="reason">The reason of the condition and the event.</param>
/// <param name="cause">What the event says.</param>
/// <param name="message">What the sum of all lines says.</param>
internal sealed class MetricUnreadException(string reason, string cause, string message) : Exception(message)
{
    /// <summary>The reason of the condition and the event.</summary>
    public string Reason => reason;

    /// <summary>What the event says.</summary>
    public string Cause => cause;
}
