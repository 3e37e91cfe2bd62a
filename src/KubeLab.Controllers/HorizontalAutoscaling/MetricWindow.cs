using System.Globalization;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>The time that a measure averages over, as metrics APIs write it: <c>15s</c>, <c>1m0s</c>.</summary>
internal static class MetricWindow
{
    /// <summary>Reads it; zero when it is none.</summary>
    public static TimeSpan Of(ReadOnlySpan<char> text)
    {
        var sum = TimeSpan.Zero;
        while (text.IndexOfAny("hms") is var end && end > 0)
        {
            var isMilli = text[end..].StartsWith("ms", StringComparison.Ordinal);
            if (!double.TryParse(text[..end], CultureInfo.InvariantCulture, out var number))
            {
                return TimeSpan.Zero;
            }

            sum += text[end] switch
            {
                'h' => TimeSpan.FromHours(number),
                'm' when isMilli => TimeSpan.FromMilliseconds(number),
                'm' => TimeSpan.FromMinutes(number),
                _ => TimeSpan.FromSeconds(number),
            };
            text = text[(end + (isMilli ? 2 : 1))..];
        }

        return sum;
    }
}
