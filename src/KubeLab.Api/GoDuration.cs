using System.Globalization;
using System.Text;

namespace KubeLab.Api;

/// <summary>Writes a duration as Go does: <c>1.2s</c>, <c>450ms</c>, <c>2m40s</c>, <c>5m0s</c>.</summary>
public static class GoDuration
{
    /// <summary>To the millisecond, cut off.</summary>
    public static string Of(TimeSpan span)
    {
        var milliseconds = (long)span.TotalMilliseconds;
        if (milliseconds == 0)
        {
            return "0s";
        }

        if (milliseconds < 1000)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{milliseconds}ms");
        }

        var text = new StringBuilder();
        var minutes = milliseconds / 60_000;
        if (minutes >= 60)
        {
            text.Append(CultureInfo.InvariantCulture, $"{minutes / 60}h");
        }

        if (minutes > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{minutes % 60}m");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{milliseconds % 60_000 / 1000.0:0.###}s").ToString();
    }
}
