using FsCheck;
using FsCheck.Fluent;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;
using KubeLab.Simulation;

namespace KubeLab.Tests.Cloud.Billing;

public sealed class MeterTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Two_nodes_with_their_disks_and_the_fee_cost_forty_one_cents_an_hour()
    {
        var clock = new VirtualClock(Start);
        var cloud = new CloudProvider(clock, new Randomness(7), PriceBook.Load());
        cloud.CreateCluster("lab");
        cloud.CreateNodePool("workers", "e2-standard-4", 2);
        clock.RunFor(TimeSpan.FromMinutes(5));

        Assert.Equal("0.407 USD", cloud.RatePerHour.ToString());
        Assert.Equal(0.29508816m + 0.10m + (200 * 0.044m / 730), cloud.RatePerHour.Amount, 20);

        // Forgotten over a week-end of 64 hours.
        clock.RunFor(TimeSpan.FromHours(64));
        Assert.InRange(cloud.Cost.Amount, 26.0m, 26.2m);
        Assert.Equal(["e2-standard-4", "pd-standard", "cluster-management-fee"], cloud.Bill().Lines.Select(l => l.Item));
    }

    [Fact]
    public void The_bill_equals_the_sum_of_its_lines_and_of_its_intervals_and_never_shrinks() =>
        Prop.ForAll(Histories().ToArbitrary(), history =>
        {
            var (meter, usages) = Played(history);
            var before = Money.Zero("USD");
            for (var minute = 0; minute <= 400; minute += 7)
            {
                var at = Start.AddMinutes(minute).AddSeconds(minute % 11);
                var bill = meter.BillAt(at);
                Assert.Equal(bill.Total.Amount, bill.Lines.Sum(l => l.Cost.Amount));
                Assert.Equal(bill.Total, meter.CostAt(at));
                Assert.True(bill.Total >= before, "a bill never shrinks");
                Assert.Equal(Naive(usages, at), (double)bill.Total.Amount, 1e-9);
                before = bill.Total;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_past_can_be_sampled_again_with_the_same_answer() =>
        Prop.ForAll(Histories().ToArbitrary(), history =>
        {
            var (meter, usages) = Played(history);
            var at = Start.AddMinutes(90);
            var cost = meter.CostAt(at);
            foreach (var usage in usages)
            {
                usage.Close(Start.AddDays(1));
            }

            return meter.CostAt(at) == cost && meter.RatePerHourAt(Start.AddDays(1)).Amount == 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_series_of_costs_needs_no_events()
    {
        var meter = new Meter("USD");
        meter.Open(ChargeKind.ClusterFee, "lab", PriceBook.Load().ClusterFee, 1, BilledTime.PerSecond, Start.AddHours(1));
        var series = meter.CostSeries(Start, Start.AddHours(3), TimeSpan.FromMinutes(30));

        Assert.Equal("USD", series.Unit);
        Assert.Equal(0, series.ValueAt(Start.AddHours(1)));
        Assert.Equal(0.1, series.ValueAt(Start.AddHours(2)), 12);
        Assert.Equal(0.2, series.Latest, 12);
    }

    [Fact]
    public void Traffic_starts_its_tiers_afresh_each_month()
    {
        var price = PriceBook.Load("infomaniak", "switzerland").Egress!;
        var meter = new Meter("EUR");
        meter.Charge(price, 9_000_000_000_000, Start);
        meter.Charge(price, 2_000_000_000_000, Start.AddDays(1));
        meter.Charge(price, 10_000_000_000_000, Start.AddDays(40));

        Assert.Equal(0, meter.CostAt(Start).Amount);
        Assert.Equal(8.11m, meter.CostAt(Start.AddDays(20)).Amount);
        Assert.Equal(8.11m, meter.CostAt(Start.AddDays(50)).Amount);
        Assert.Equal(21_000, Assert.Single(meter.BillAt(Start.AddDays(50)).Lines).Quantity);
    }

    [Fact]
    public void Another_currency_is_refused()
    {
        var euros = PriceBook.Load("infomaniak", "switzerland").ClusterFee;
        Assert.Throws<ArgumentException>(() => new Meter("USD").Open(ChargeKind.ClusterFee, "lab", euros, 1, BilledTime.PerSecond, Start));
    }

    private static Gen<(int From, int Minutes, int Type)[]> Histories() =>
        (from start in Gen.Choose(0, 200)
         from minutes in Gen.Choose(-1, 150)
         from type in Gen.Choose(0, 2)
         select (start, minutes, type)).ArrayOf();

    private static (Meter Meter, List<Usage> Usages) Played((int From, int Minutes, int Type)[] history)
    {
        var prices = PriceBook.Load();
        var spot = prices.Machine("e2-standard-2", spot: true).ToUnitPrice();
        var meter = new Meter("USD");
        var usages = new List<Usage>();
        foreach (var (from, minutes, type) in history)
        {
            var at = Start.AddMinutes(from);
            var usage = type switch
            {
                0 => meter.Open(ChargeKind.Machine, "a", prices.Machine("e2-standard-4").ToUnitPrice(), 1, prices.MachineBilling, at),
                1 => meter.Open(ChargeKind.Machine, "b", spot, 1, prices.MachineBilling, at),
                _ => meter.Open(ChargeKind.Disk, "c", prices.Disk("pd-balanced"), 37, BilledTime.PerSecond, at),
            };
            usages.Add(usage);
            if (minutes >= 0)
            {
                usage.Close(at.AddMinutes(minutes).AddSeconds(0.3));
            }
        }

        return (meter, usages);
    }

    /// <summary>The same bill, one interval after the other and in floating point.</summary>
    private static double Naive(List<Usage> usages, DateTimeOffset at)
    {
        double sum = 0;
        foreach (var usage in usages.Where(u => u.From <= at))
        {
            var end = usage.To is { } to && to < at ? to : at;
            var seconds = Math.Ceiling((end - usage.From).TotalSeconds);
            seconds = usage.Name == "c" ? seconds : Math.Max(60, seconds);
            sum += (double)usage.RatePerHour.Amount * seconds / 3600;
        }

        return sum;
    }
}
