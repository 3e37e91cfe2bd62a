using System.Globalization;

namespace KubeLab.Api.Cron;

/// <summary>When something happens, as cron writes it: minute, hour, day of month, month, day of week; or <c>@hourly</c>, <c>@every 90s</c>, ….</summary>
/// <remarks>The rules and the words of refusals are those of the cron library that upstream uses, robfig/cron v3.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax">Schedule syntax</seealso>
public sealed class CronSchedule
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly CronBits minutes;
    private readonly CronBits hours;
    private readonly CronBits days;
    private readonly CronBits months;
    private readonly CronBits weekdays;
    private readonly TimeSpan every;

    private CronSchedule(CronBits minutes, CronBits hours, CronBits days, CronBits months, CronBits weekdays)
    {
        this.minutes = minutes;
        this.hours = hours;
        this.days = days;
        this.months = months;
        this.weekdays = weekdays;
    }

    private CronSchedule(TimeSpan every) => this.every = every < Second ? Second : TimeSpan.FromSeconds(Math.Floor(every.TotalSeconds));

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">What cron would read.</param>
    /// <param name="schedule">The schedule; null when <paramref name="text"/> is none.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryParse(string text, out CronSchedule? schedule)
    {
        ArgumentNullException.ThrowIfNull(text);
        schedule = null;
        if (text.Length == 0)
        {
            return "empty spec string";
        }

        if (text[0] == '@')
        {
            return Descriptor(text, out schedule);
        }

        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != CronField.All.Count)
        {
            return string.Create(CultureInfo.InvariantCulture, $"expected exactly 5 fields, found {parts.Length}: [{string.Join(' ', parts)}]");
        }

        var bits = new CronBits[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (CronField.All[i].TryParse(parts[i], out bits[i]) is { } problem)
            {
                return problem;
            }
        }

        schedule = new(bits[0], bits[1], bits[2], bits[3], bits[4]);
        return null;
    }

    /// <summary>Reads a schedule.</summary>
    /// <exception cref="FormatException">The text is none; the message says why.</exception>
    public static CronSchedule Parse(string text) => TryParse(text, out var schedule) is { } problem ? throw new FormatException(problem) : schedule!;

    /// <summary>The first time strictly after <paramref name="after"/>; null when there is none within five years, as on 31 February.</summary>
    /// <param name="after">An instant.</param>
    /// <param name="zone">Whose clock the schedule means; UTC when null.</param>
    /// <remarks>
    /// When a clock is put forward, what falls into the gap is left out, or happens an hour later if only the hour is missing from a field that says all;
    /// when it is put back, hours that come twice count twice.
    /// </remarks>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo? zone = null)
    {
        var whole = new DateTimeOffset(after.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        if (every > TimeSpan.Zero)
        {
            return whole + every;
        }

        var time = new ZonedTime(whole + Second, zone ?? TimeZoneInfo.Utc);
        var limit = time.Year + 5;
        var isTruncated = false;

        // Each pass sets the largest field that does not fit; when a field overflows into a larger one, all begins again.
        while (time.Year <= limit)
        {
            if (!TrySetMonth(ref time, ref isTruncated) || !TrySetDay(ref time, ref isTruncated)
                || !TrySetHour(ref time, ref isTruncated) || !TrySetMinute(ref time, ref isTruncated))
            {
                continue;
            }

            // Schedules know no seconds: they happen at second 0.
            if (time.Second == 0)
            {
                return time.Instant;
            }

            isTruncated = true;
            time = time.AddSeconds(60 - time.Second);
        }

        return null;
    }

    /// <summary>Whether it happens at <paramref name="time"/>; of <c>@every</c> schedules nothing can be said.</summary>
    /// <param name="time">An instant.</param>
    /// <param name="zone">Whose clock the schedule means; UTC when null.</param>
    public bool Matches(DateTimeOffset time, TimeZoneInfo? zone = null)
    {
        var local = new ZonedTime(time, zone ?? TimeZoneInfo.Utc);
        return every == TimeSpan.Zero && local.Second == 0 && months.Has(local.Month) && DayMatches(local) && hours.Has(local.Hour) && minutes.Has(local.Minute);
    }

    private bool TrySetMonth(ref ZonedTime time, ref bool isTruncated)
    {
        while (!months.Has(time.Month))
        {
            time = isTruncated ? time : time.At(time.Month, 1, 0, 0);
            isTruncated = true;
            time = time.AddMonths(1);
            if (time.Month == 1)
            {
                return false;
            }
        }

        return true;
    }

    private bool TrySetDay(ref ZonedTime time, ref bool isTruncated)
    {
        while (!DayMatches(time))
        {
            time = isTruncated ? time : time.At(time.Month, time.Day, 0, 0);
            isTruncated = true;
            time = time.AddDays(1);

            // Where a clock is put forward at midnight, the day begins at 1; the search goes on from its real beginning.
            if (time.Hour != 0)
            {
                time = time.AddSeconds(3600L * (time.Hour > 12 ? 24 - time.Hour : -time.Hour));
            }

            if (time.Day == 1)
            {
                return false;
            }
        }

        return true;
    }

    private bool TrySetHour(ref ZonedTime time, ref bool isTruncated)
    {
        while (!hours.Has(time.Hour))
        {
            time = isTruncated ? time : time.At(time.Month, time.Day, time.Hour, 0);
            isTruncated = true;
            time = time.AddSeconds(3600);
            if (time.Hour == 0)
            {
                return false;
            }
        }

        return true;
    }

    private bool TrySetMinute(ref ZonedTime time, ref bool isTruncated)
    {
        while (!minutes.Has(time.Minute))
        {
            time = isTruncated ? time : time.AddSeconds(-time.Second);
            isTruncated = true;
            time = time.AddSeconds(60);
            if (time.Minute == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Either day is enough when both are given; when one is a star, the other decides.</summary>
    private bool DayMatches(ZonedTime time)
    {
        var (day, weekday) = (days.Has(time.Day), weekdays.Has(time.Weekday));
        return days.IsStar || weekdays.IsStar ? day && weekday : day || weekday;
    }

    private static string? Descriptor(string text, out CronSchedule? schedule)
    {
        const string everyWord = "@every ";
        schedule = null;
        if (text.StartsWith(everyWord, StringComparison.Ordinal))
        {
            if (GoDurations.TryParse(text[everyWord.Length..], out var every) is { } problem)
            {
                return $"failed to parse duration {text}: {problem}";
            }

            schedule = new(every);
            return null;
        }

        var written = text switch
        {
            "@yearly" or "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" or "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            _ => null,
        };
        return written is null ? $"unrecognized descriptor: {text}" : TryParse(written, out schedule);
    }
}
