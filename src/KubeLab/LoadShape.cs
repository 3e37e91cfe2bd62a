using System.Globalization;
using KubeLab.Loads;
using KubeLab.Nodes.Traffic;
using KubeLab.Simulation;

namespace KubeLab;

/// <summary>How many requests clients send per second, over time: a number, a function, a usual shape, or a recorded trace.</summary>
public sealed class LoadShape
{
    private static readonly TimeSpan FunctionPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DayPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PoissonPeriod = TimeSpan.FromSeconds(1);
    private readonly Func<DateTimeOffset, Randomness, IRequestRate> begin;
    private readonly string words;

    private LoadShape(string words, Func<DateTimeOffset, Randomness, IRequestRate> begin) => (this.words, this.begin) = (words, begin);

    /// <summary>Always the same.</summary>
    /// <param name="perSecond">Requests per second.</param>
    public static implicit operator LoadShape(double perSecond) => Constant(perSecond);

    /// <summary>Always the same.</summary>
    /// <param name="perSecond">Requests per second.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or no number.</exception>
    public static LoadShape Constant(double perSecond)
    {
        Require(perSecond, nameof(perSecond));
        return new LoadShape(Text(perSecond), (start, _) => new SteppedRate(start, [(TimeSpan.Zero, perSecond)]));
    }

    /// <summary>A function of the time since the load began, in requests per second; it must give the same for the same time.</summary>
    /// <param name="perSecond">The function.</param>
    /// <param name="every">How often it is asked; every five seconds when null. Between two askings the rate holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is not positive.</exception>
    public static LoadShape Of(Func<TimeSpan, double> perSecond, TimeSpan? every = null)
    {
        ArgumentNullException.ThrowIfNull(perSecond);
        var period = Positive(every ?? FunctionPeriod, nameof(every));
        return new LoadShape("a function", (start, _) => new SampledRate(start, period, at => perSecond(at - start)));
    }

    /// <summary>Every day the same: least at night, most in the afternoon, a cosine in between. Hours are those of the cluster's clock, which is UTC.</summary>
    /// <param name="low">Requests per second twelve hours from the peak.</param>
    /// <param name="high">Requests per second at the peak.</param>
    /// <param name="peakHour">When the peak is, from 0 to 24.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is negative, infinite or no number, or the hour is not one.</exception>
    public static LoadShape Day(double low, double high, double peakHour = 15)
    {
        Require(low, nameof(low));
        Require(high, nameof(high));
        Within(peakHour, 0, 24, nameof(peakHour));
        return new LoadShape($"a day of {Text(low)} to {Text(high)}", (start, _) => new SampledRate(
            start, DayPeriod, at => low + ((high - low) * (1 + Math.Cos((at.TimeOfDay.TotalHours - peakHour) * Math.PI / 12)) / 2)));
    }

    /// <summary>A usual rate, and once a rush that comes and goes within seconds.</summary>
    /// <param name="usual">Requests per second before and after.</param>
    /// <param name="peak">Requests per second meanwhile.</param>
    /// <param name="after">How long after the load began the rush begins.</param>
    /// <param name="lasts">How long the peak lasts.</param>
    /// <param name="ramp">How long it takes to rise and to fall; half a minute when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate or a time is negative, infinite or no number.</exception>
    public static LoadShape FlashSale(double usual, double peak, TimeSpan after, TimeSpan lasts, TimeSpan? ramp = null)
    {
        Require(usual, nameof(usual));
        Require(peak, nameof(peak));
        ArgumentOutOfRangeException.ThrowIfLessThan(after, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(lasts, TimeSpan.Zero);
        var slope = ramp ?? TimeSpan.FromSeconds(30);
        ArgumentOutOfRangeException.ThrowIfLessThan(slope, TimeSpan.Zero, nameof(ramp));
        return new LoadShape($"{Text(usual)} with a rush of {Text(peak)}", (start, _) => new SteppedRate(start, FlashSaleSteps.Of(usual, peak, after, lasts, slope)));
    }

    /// <summary>The same, and a sale at the same hour of every day: many times as many requests for a while. Hours are those of the cluster's clock, which is UTC.</summary>
    /// <param name="hour">When it begins, from 0 to 24.</param>
    /// <param name="times">How many times as many requests come meanwhile.</param>
    /// <param name="lasts">How long the peak lasts.</param>
    /// <param name="ramp">How long it takes to rise and to fall; half a minute when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The hour or the factor is not one, a time is negative, or the sale is longer than a day.</exception>
    public LoadShape WithSale(double hour, double times, TimeSpan lasts, TimeSpan? ramp = null)
    {
        Within(hour, 0, 24, nameof(hour));
        Require(times, nameof(times));
        ArgumentOutOfRangeException.ThrowIfLessThan(lasts, TimeSpan.Zero);
        var slope = ramp ?? TimeSpan.FromSeconds(30);
        ArgumentOutOfRangeException.ThrowIfLessThan(slope, TimeSpan.Zero, nameof(ramp));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(lasts + (2 * slope), TimeSpan.FromDays(1), nameof(lasts));
        var steps = FlashSaleSteps.Of(1, times, TimeSpan.Zero, lasts, slope);
        return new LoadShape(string.Create(CultureInfo.InvariantCulture, $"{words} with a sale of {times:0.###} times as much"), (start, chance) =>
        {
            var today = new DateTimeOffset(start.UtcDateTime.Date, TimeSpan.Zero).AddHours(hour);
            return new ProductRate(begin(start, chance), new SteppedRate(today > start ? today.AddDays(-1) : today, steps, TimeSpan.FromDays(1)));
        });
    }

    /// <summary>Requests that come independently of each other: in each period as many as a Poisson distribution gives, by the cluster's seed.</summary>
    /// <param name="mean">Requests per second on average.</param>
    /// <param name="every">The period in which they are counted; a second when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or no number, or the period is not positive.</exception>
    public static LoadShape Poisson(double mean, TimeSpan? every = null)
    {
        Require(mean, nameof(mean));
        var period = Positive(every ?? PoissonPeriod, nameof(every));
        return new LoadShape($"Poisson around {Text(mean)}", (start, chance) => new SampledRate(start, period, at =>
        {
            var number = (at - start).Ticks / period.Ticks;
            return PoissonCount.Draw(mean * period.TotalSeconds, chance.For(number.ToString(CultureInfo.InvariantCulture))) / period.TotalSeconds;
        }));
    }

    /// <summary>A recorded trace of <c>data/traces</c>, for example <c>shop-day</c>; after its last row it begins again.</summary>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="times">By how much each rate is multiplied.</param>
    /// <exception cref="ArgumentException">There is no such trace; the message lists those that there are.</exception>
    public static LoadShape Trace(string name, double times = 1)
    {
        Require(times, nameof(times));
        var trace = LoadTrace.Load(name);
        return new LoadShape($"the trace {name}", (start, _) => new SteppedRate(start, trace.Steps(times), trace.Length));
    }

    /// <summary>A trace of your own: a heading <c>seconds,requests_per_second</c> and one row for each change; the last row says where it ends and begins again.</summary>
    /// <param name="csv">The text.</param>
    /// <exception cref="FormatException">A row is not of this shape; the message names it.</exception>
    public static LoadShape Csv(string csv)
    {
        var trace = LoadTrace.Parse("the trace", csv);
        return new LoadShape("a trace", (start, _) => new SteppedRate(start, trace.Steps(1), trace.Length));
    }

    /// <summary>In a few words.</summary>
    public override string ToString() => words;

    /// <summary>The rates of a load that begins at <paramref name="start"/>.</summary>
    internal IRequestRate Begin(DateTimeOffset start, Randomness chance) => begin(start, chance);

    private static string Text(double perSecond) => string.Create(CultureInfo.InvariantCulture, $"{perSecond:0.###}/s");

    private static void Require(double value, string name) => Within(value, 0, double.MaxValue, name);

    private static void Within(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, most == double.MaxValue ? "must be a number, 0 or more" : FormattableString.Invariant($"must be between {least} and {most}"));
        }
    }

    private static TimeSpan Positive(TimeSpan span, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(span, TimeSpan.Zero, name);
        return span;
    }
}
