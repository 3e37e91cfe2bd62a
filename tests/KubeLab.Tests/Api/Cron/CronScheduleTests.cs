using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api.Cron;

namespace KubeLab.Tests.Api.Cron;

public sealed class CronScheduleTests
{
    private static readonly TimeZoneInfo NewYork = Zone("America/New_York");

    /// <summary>Schedules that the documentation explains, and corners of the syntax.</summary>
    [Theory]
    [InlineData("0 0 13 * 5", "2026-01-01 00:00", "2026-01-02 00:00")]
    [InlineData("0 0 13 * 5", "2026-01-09 00:00", "2026-01-13 00:00")]
    [InlineData("0 3 * * 1", "2026-01-01 00:00", "2026-01-05 03:00")]
    [InlineData("0 */2 * * *", "2026-01-01 10:00", "2026-01-01 12:00")]
    [InlineData("* * * * *", "2026-01-01 10:00:59", "2026-01-01 10:01")]
    [InlineData("* * * * *", "2026-01-01 10:00:00", "2026-01-01 10:01")]
    [InlineData("*/15 * * * *", "2026-01-01 10:46", "2026-01-01 11:00")]
    [InlineData("20-35/15 * * * *", "2026-01-01 10:20", "2026-01-01 10:35")]
    [InlineData("50/5 * * * *", "2026-01-01 10:00", "2026-01-01 10:50")]
    [InlineData("50/5 * * * *", "2026-01-01 10:55", "2026-01-01 11:50")]
    [InlineData("0 0 * * sun", "2026-01-01 00:00", "2026-01-04 00:00")]
    [InlineData("0 0 * Feb,Apr MON-WED", "2026-01-01 00:00", "2026-02-02 00:00")]
    [InlineData("0 0 1 1 *", "2026-01-01 00:00", "2027-01-01 00:00")]
    [InlineData("0 0 ? * 3", "2026-01-01 00:00", "2026-01-07 00:00")]
    [InlineData("0 0 15 * ?", "2026-01-01 00:00", "2026-01-15 00:00")]
    [InlineData("0 0 29 2 *", "2026-01-01 00:00", "2028-02-29 00:00")]
    [InlineData("0 0 31 * *", "2026-01-31 00:00", "2026-03-31 00:00")]
    [InlineData("59 23 31 12 *", "2026-12-31 23:59", "2027-12-31 23:59")]
    [InlineData("@hourly", "2026-01-01 10:20", "2026-01-01 11:00")]
    [InlineData("@daily", "2026-01-01 10:20", "2026-01-02 00:00")]
    [InlineData("@midnight", "2026-01-01 10:20", "2026-01-02 00:00")]
    [InlineData("@weekly", "2026-01-01 10:20", "2026-01-04 00:00")]
    [InlineData("@monthly", "2026-01-01 10:20", "2026-02-01 00:00")]
    [InlineData("@yearly", "2026-01-01 10:20", "2027-01-01 00:00")]
    [InlineData("@annually", "2026-01-01 10:20", "2027-01-01 00:00")]
    [InlineData("@every 1h30m", "2026-01-01 10:20:05", "2026-01-01 11:50:05")]
    [InlineData("@every 100ms", "2026-01-01 10:20:05", "2026-01-01 10:20:06")]
    public void The_next_time_is(string schedule, string after, string expected) =>
        Assert.Equal(Utc(expected), CronSchedule.Parse(schedule).Next(Utc(after)));

    /// <summary>A star with a step is no star: both days must not fit then, one is enough.</summary>
    [Theory]
    [InlineData("0 0 1,15 * */2", "2026-01-02 12:00", "2026-01-03 00:00")]
    [InlineData("0 0 */10 * Sun", "2026-01-02 12:00", "2026-01-04 00:00")]
    [InlineData("0 0 * * Sun", "2026-01-02 12:00", "2026-01-04 00:00")]
    [InlineData("0 0 */1 * Sun", "2026-01-02 12:00", "2026-01-04 00:00")]
    public void What_counts_as_a_star_matters(string schedule, string after, string expected) =>
        Assert.Equal(Utc(expected), CronSchedule.Parse(schedule).Next(Utc(after)));

    [Theory]
    [InlineData("0 0 31 2 *")]
    [InlineData("0 0 30 Feb ?")]
    [InlineData("59 23 31 4 *")]
    public void A_day_that_never_comes_is_given_up(string schedule) => Assert.Null(CronSchedule.Parse(schedule).Next(Utc("2026-01-01 00:00")));

    /// <summary>Clocks in New York went forward on 11 March 2012 at 2:00 and back on 4 November 2012 at 2:00.</summary>
    [Theory]
    [InlineData("30 2 11 Mar ?", "2012-03-11T00:00-05:00", "2013-03-11T02:30-04:00")]
    [InlineData("0 * * * ?", "2012-03-11T00:00-05:00", "2012-03-11T01:00-05:00")]
    [InlineData("0 * * * ?", "2012-03-11T01:00-05:00", "2012-03-11T03:00-04:00")]
    [InlineData("0 * * * ?", "2012-03-11T03:00-04:00", "2012-03-11T04:00-04:00")]
    [InlineData("0 1 * * ?", "2012-03-11T01:00-05:00", "2012-03-12T01:00-04:00")]
    [InlineData("0 2 * * ?", "2012-03-11T00:00-05:00", "2012-03-12T02:00-04:00")]
    [InlineData("30 2 04 Nov ?", "2012-11-04T00:00-04:00", "2012-11-04T02:30-05:00")]
    [InlineData("45 1 04 Nov ?", "2012-11-04T01:30-04:00", "2012-11-04T01:45-04:00")]
    [InlineData("0 * * * ?", "2012-11-04T00:00-04:00", "2012-11-04T01:00-04:00")]
    [InlineData("0 * * * ?", "2012-11-04T01:00-04:00", "2012-11-04T01:00-05:00")]
    [InlineData("0 * * * ?", "2012-11-04T01:00-05:00", "2012-11-04T02:00-05:00")]
    [InlineData("0 1 * * ?", "2012-11-04T01:00-04:00", "2012-11-04T01:00-05:00")]
    [InlineData("0 1 * * ?", "2012-11-04T01:00-05:00", "2012-11-05T01:00-05:00")]
    [InlineData("0 2 * * ?", "2012-11-04T00:00-04:00", "2012-11-04T02:00-05:00")]
    [InlineData("0 3 * * ?", "2012-11-04T00:00-04:00", "2012-11-04T03:00-05:00")]
    public void Clocks_that_change_skip_times_and_repeat_them(string schedule, string after, string expected) => Assert.Equal(
        Instant(expected).ToUniversalTime(), CronSchedule.Parse(schedule).Next(Instant(after), NewYork));

    /// <summary>In São Paulo the clock went forward at midnight, so that 4 November 2018 began at 1:00.</summary>
    [Fact]
    public void A_day_without_midnight_is_found()
    {
        var zone = Zone("America/Sao_Paulo");
        Assert.Equal(Instant("2018-11-04T09:00-02:00").ToUniversalTime(), CronSchedule.Parse("0 9 4 11 *").Next(Instant("2018-10-17T05:00-03:00"), zone));
        Assert.Equal(Instant("2018-11-05T00:00-02:00").ToUniversalTime(), CronSchedule.Parse("0 0 * * *").Next(Instant("2018-11-03T12:00-03:00"), zone));
    }

    [Fact]
    public void The_next_time_is_later_fits_and_none_in_between_was_passed_over() => Prop.ForAll(
        Schedules().ToArbitrary(),
        Gen.Choose(0, 40_000_000).ToArbitrary(),
        Gen.Elements("UTC", "America/New_York", "Europe/Zurich", "Asia/Kolkata", "Australia/Lord_Howe").ToArbitrary(),
        (text, seconds, zoneName) =>
        {
            var (schedule, zone) = (CronSchedule.Parse(text), Zone(zoneName));
            var after = Utc("2026-01-01 00:00").AddSeconds(seconds);
            if (schedule.Next(after, zone) is not { } next)
            {
                return;
            }

            Assert.True(next > after, $"{text} {zoneName} after {after:O} gave {next:O}");
            Assert.True(schedule.Matches(next, zone), $"{text} {zoneName} after {after:O} gave {next:O}");
            var minute = new DateTimeOffset((after.UtcTicks / TimeSpan.TicksPerMinute + 1) * TimeSpan.TicksPerMinute, TimeSpan.Zero);
            for (var i = 0; i < 3000 && minute < next; i++, minute = minute.AddMinutes(1))
            {
                Assert.False(schedule.Matches(minute, zone), $"{text} {zoneName} after {after:O} passed over {minute:O}");
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", "empty spec string")]
    [InlineData("* * * *", "expected exactly 5 fields, found 4: [* * * *]")]
    [InlineData("60 * * * *", "end of range (60) above maximum (59): 60")]
    [InlineData("* * * * 7", "end of range (7) above maximum (6): 7")]
    [InlineData("* * 0 * *", "beginning of range (0) below minimum (1): 0")]
    [InlineData("5-3 * * * *", "beginning of range (5) beyond end of range (3): 5-3")]
    [InlineData("1-2-3 * * * *", "too many hyphens: 1-2-3")]
    [InlineData("*/2/3 * * * *", "too many slashes: */2/3")]
    [InlineData("*/0 * * * *", "step of range should be a positive number: */0")]
    [InlineData("x * * * *", "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax")]
    [InlineData("-1 * * * *", "failed to parse int from : strconv.Atoi: parsing \"\": invalid syntax")]
    [InlineData("@now", "unrecognized descriptor: @now")]
    [InlineData("@every", "unrecognized descriptor: @every")]
    [InlineData("@every 5", "failed to parse duration @every 5: time: missing unit in duration \"5\"")]
    [InlineData("@every 5x", "failed to parse duration @every 5x: time: unknown unit \"x\" in duration \"5x\"")]
    public void What_is_wrong_is_told_as_the_library_tells_it(string schedule, string problem)
    {
        Assert.Equal(problem, CronSchedule.TryParse(schedule, out var parsed));
        Assert.Null(parsed);
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("../etc/passwd")]
    [InlineData("")]
    public void A_zone_that_does_not_exist_is_refused_by_name(string name) => Assert.Equal($"unknown time zone {name}", CronZone.TryFind(name, out _));

    private static Gen<string> Schedules()
    {
        static Gen<string> Field(int least, int greatest) => Gen.OneOf(
            Gen.Constant("*"),
            Gen.Choose(least, greatest).Select(n => $"{n}"),
            Gen.Choose(1, 12).Select(n => $"*/{n}"),
            Gen.Choose(least, greatest).SelectMany(a => Gen.Choose(a, greatest).SelectMany(b => Gen.Choose(1, 5).Select(s => $"{a}-{b}/{s}"))));
        return from minute in Field(0, 59)
               from hour in Field(0, 23)
               from day in Field(1, 31)
               from month in Field(1, 12)
               from weekday in Field(0, 6)
               select $"{minute} {hour} {day} {month} {weekday}";
    }

    private static TimeZoneInfo Zone(string name) => CronZone.TryFind(name, out var zone) is { } problem ? throw new InvalidOperationException(problem) : zone;

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
