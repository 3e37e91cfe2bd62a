using System.Globalization;

namespace KubeLab.Api.Cron;

/// <summary>Durations as Go writes them: <c>1h30m</c>, <c>90s</c>, <c>1.5h</c>.</summary>
public static class GoDurations
{
    private static readonly (string Unit, decimal Ticks)[] Units =
    [
        ("ns", 0.01m), ("us", 10), ("µs", 10), ("μs", 10), ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    /// <summary>Reads a duration; returns what is wrong, or null.</summary>
    public static string? TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var rest = text.TrimStart('-', '+').Length == text.Length ? text : text[1..];
        if (rest == "0")
        {
            return null;
        }

        var ticks = 0m;
        var invalid = $"time: invalid duration {GoQuote.Quote(text)}";
        if (rest.Length == 0)
        {
            return invalid;
        }

        while (rest.Length > 0)
        {
            var number = rest.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
            var unit = rest[number..].TakeWhile(c => !char.IsAsciiDigit(c) && c != '.').Count();
            if (!decimal.TryParse(rest[..number], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                return invalid;
            }

            var word = rest.Substring(number, unit);
            if (word.Length == 0)
            {
                return $"time: missing unit in duration {GoQuote.Quote(text)}";
            }

            if (Array.FindIndex(Units, u => u.Unit == word) is not (>= 0 and var index))
            {
                return $"time: unknown unit {GoQuote.Quote(word)} in duration {GoQuote.Quote(text)}";
            }

            if (amount > 10_000_000_000_000m || (ticks += amount * Units[index].Ticks) > long.MaxValue / 100)
            {
                return invalid;
            }

            rest = rest[(number + unit)..];
        }

        duration = TimeSpan.FromTicks((long)(text[0] == '-' ? -ticks : ticks));
        return null;
    }
}
