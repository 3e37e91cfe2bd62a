using System.Globalization;

namespace KubeLab.Api;

/// <summary>Writes a span of time as kubectl's AGE column does: two units at most, the finer one only while it matters.</summary>
/// <seealso href="https://pkg.go.dev/k8s.io/apimachinery/pkg/util/duration#HumanDuration">util/duration.HumanDuration</seealso>
public static class HumanDuration
{
    /// <summary>The time since <paramref name="then"/>, or <c>&lt;unknown&gt;</c> when that is not known.</summary>
    public static string Since(Timestamp? then, DateTimeOffset now) => then is { } start ? Format(now - start.Instant) : "<unknown>";

    /// <summary>The time since <paramref name="then"/>, or <c>&lt;unknown&gt;</c> when that is not known.</summary>
    public static string Since(MicroTime? then, DateTimeOffset now) => then is { } start ? Format(now - start.Instant) : "<unknown>";

    /// <summary>A span, for example <c>119s</c>, <c>5m30s</c>, <c>3h5m</c>, <c>47h</c>, <c>5d3h</c> or <c>2y100d</c>; below zero by more than a second it is <c>&lt;invalid&gt;</c>.</summary>
    public static string Format(TimeSpan span)
    {
        // A second is forgiven, because clocks of two machines differ.
        var seconds = span.Ticks / TimeSpan.TicksPerSecond;
        if (seconds < -1)
        {
            return "<invalid>";
        }

        if (seconds < 0)
        {
            return "0s";
        }

        var minutes = seconds / 60;
        var hours = seconds / 3600;
        var days = hours / 24;
        return (seconds, minutes, hours) switch
        {
            ( < 120, _, _) => One(seconds, 's'),
            (_, < 10, _) => Two(minutes, 'm', seconds % 60, 's'),
            (_, < 180, _) => One(minutes, 'm'),
            (_, _, < 8) => Two(hours, 'h', minutes % 60, 'm'),
            (_, _, < 48) => One(hours, 'h'),
            (_, _, < 24 * 8) => Two(days, 'd', hours % 24, 'h'),
            (_, _, < 24 * 365 * 2) => One(days, 'd'),
            (_, _, < 24 * 365 * 8) => Two(days / 365, 'y', days % 365, 'd'),
            _ => One(days / 365, 'y'),
        };
    }

    private static string One(long count, char unit) => string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");

    private static string Two(long count, char unit, long rest, char finer) => rest == 0
        ? One(count, unit)
        : string.Create(CultureInfo.InvariantCulture, $"{count}{unit}{rest}{finer}");
}
