namespace KubeLab.Api.Cron;

/// <summary>An instant as a clock in some zone shows it.</summary>
/// <remarks>Fields are turned into instants as Go's time.Date does it: a time that a clock skips is taken with the offset of before or after the gap.</remarks>
internal readonly struct ZonedTime
{
    private readonly TimeZoneInfo zone;
    private readonly DateTime local;

    public ZonedTime(DateTimeOffset instant, TimeZoneInfo zone)
    {
        this.zone = zone;
        Instant = instant.ToUniversalTime();
        local = Instant.UtcDateTime + Offset(Instant, zone);
    }

    public DateTimeOffset Instant { get; }

    public int Year => local.Year;

    public int Month => local.Month;

    public int Day => local.Day;

    public int Hour => local.Hour;

    public int Minute => local.Minute;

    public int Second => local.Second;

    public int Weekday => (int)local.DayOfWeek;

    public ZonedTime AddSeconds(long seconds) => new(Instant.AddSeconds(seconds), zone);

    /// <summary>The same time of day so many days later.</summary>
    public ZonedTime AddDays(int days) => From(local.AddDays(days));

    /// <summary>The same day and time so many months later; only asked on first days.</summary>
    public ZonedTime AddMonths(int months) => From(local.AddMonths(months));

    /// <summary>Another time of the same year.</summary>
    public ZonedTime At(int month, int day, int hour, int minute) => From(new DateTime(local.Year, month, day, hour, minute, 0));

    private ZonedTime From(DateTime wanted)
    {
        // The clock's reading taken as UTC is near enough to find an offset; if that lands beyond a change, the offset there holds.
        var guess = Offset(new DateTimeOffset(wanted, TimeSpan.Zero), zone);
        var instant = new DateTimeOffset(wanted, TimeSpan.Zero) - guess;
        return guess == TimeSpan.Zero ? new(instant, zone) : new(new DateTimeOffset(wanted, TimeSpan.Zero) - Offset(instant, zone), zone);
    }

    private static TimeSpan Offset(DateTimeOffset instant, TimeZoneInfo zone) => zone.GetUtcOffset(instant);
}
