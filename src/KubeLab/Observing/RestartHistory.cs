using System.Text.RegularExpressions;
using KubeLab.Api.Core;
using KubeLab.Simulation;

namespace KubeLab.Observing;

/// <summary>The restarts of one container, and how long it is made to wait for the next.</summary>
internal sealed partial class RestartHistory(string container, DateTimeOffset from)
{
    public string Container { get; } = container;

    /// <summary>When the container was first seen.</summary>
    public DateTimeOffset From { get; } = from;

    public TimeSeries Delay { get; } = new("back-off delay", "seconds");

    public TimeSeries Restarts { get; } = new("restarts", "restarts");

    public void Record(DateTimeOffset now, ContainerStatus status)
    {
        Restarts.Record(now, status.RestartCount);
        var waiting = status.State?.Waiting;
        Delay.Record(now, waiting?.Reason == "CrashLoopBackOff" ? SecondsIn(waiting.Message ?? "") : 0);
    }

    /// <summary>Reads the delay out of the kubelet's message, <c>back-off 1m20s restarting failed container=…</c>.</summary>
    public static double SecondsIn(string message)
    {
        var match = Delays().Match(message);
        if (!match.Success)
        {
            return 0;
        }

        return (Number(match.Groups["h"]) * 3600) + (Number(match.Groups["m"]) * 60) + Number(match.Groups["s"]);
    }

    private static double Number(Group group) =>
        group.Success ? double.Parse(group.ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"back-off (?:(?<h>\d+)h)?(?:(?<m>\d+)m)?(?:(?<s>[\d.]+)s)? ")]
    private static partial Regex Delays();
}
