using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;
using KubeLab.Simulation;

namespace KubeLab.Tests.Cloud.Billing;

/// <summary>Discounts that only a month knows, after Google Cloud's documented rules.</summary>
public sealed class MonthBillTests
{
    private static readonly DateTimeOffset June = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly VirtualClock clock = new(June.AddMinutes(-5));

    [Theory]
    // part of the month, percent off: full tiers of 25 % at 1.0, 0.8, 0.6, 0.4
    [InlineData(0.25, 0)]
    [InlineData(0.50, 10)]
    [InlineData(0.75, 20)]
    [InlineData(1.00, 30)]
    public void N1_gets_cheaper_with_each_quarter_of_the_month(double part, double percent)
    {
        var cloud = Run("us-central1", "n1-standard-4", 1, part);
        var family = Assert.Single(cloud.Bill(June).Families);
        Assert.Equal(percent, (double)family.SustainedPercent, 0.01);
        Assert.Equal((double)(family.List.Amount * (1 - ((decimal)percent / 100))), (double)family.Total.Amount, 0.01);
    }

    [Fact]
    public void E2_never_gets_cheaper()
    {
        var cloud = Run("us-central1", "e2-standard-4", 1, 1);
        Assert.Equal(0, cloud.Bill(June).Saved.Amount);
        Assert.Equal(720 * 0.13402284, (double)cloud.Bill(June).Families[0].Total.Amount, 0.1);
    }

    [Fact]
    public void Machines_that_follow_each_other_count_as_one_that_ran_through()
    {
        var month = InferredInstances.Of([(4, June, June.AddDays(15)), (4, June.AddDays(15), June.AddDays(30))], June, June.AddDays(30));
        Assert.Equal([(4m, 30m * 86400)], month.Layers());

        var overlap = InferredInstances.Of([(4, June, June.AddDays(20)), (2, June.AddDays(10), June.AddDays(40))], June, June.AddDays(30));
        Assert.Equal([(2m, 30m * 86400), (2m, 20m * 86400), (2m, 10m * 86400)], overlap.Layers());
        Assert.Equal([(1m, 20m * 86400), (2m, 10m * 86400)], overlap.Layers(above: 3));
        Assert.Equal(120m * 86400, overlap.UnitSeconds);
    }

    [Theory]
    [InlineData(1, 37)]
    [InlineData(3, 55)]
    public void A_commitment_is_paid_whether_it_is_used_or_not(int years, double percent)
    {
        var unused = Run("us-central1", "e2-standard-4", 1, 0.01).Bill(June, new Commitment("e2-standard-4", 2, years));
        var family = Assert.Single(unused.Families);
        Assert.Equal(2 * 720 * 0.13402284 * (1 - (percent / 100)), (double)family.Committed.Amount, 0.001);
        Assert.Equal(family.List, family.Covered);
        Assert.True(unused.Saved.Amount < 0);
        Assert.Contains("commitments, used or not", unused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(440, false)]
    [InlineData(470, true)]
    public void A_commitment_of_a_year_pays_from_63_percent_of_the_month_on(double hours, bool pays)
    {
        // 37 % off: 459.9 of 730 hours, which are 453.6 of June's 720.
        Assert.Equal(459.9m, PriceBook.Load("gcp", "us-central1").CommittedUse("e2", 1)!.BreakEvenHours());
        var bill = Run("us-central1", "e2-standard-4", 1, hours / 720).Bill(June, new Commitment("e2-standard-4", 1, 1));
        Assert.Equal(pays, bill.Saved.Amount > 0);
    }

    [Fact]
    public void What_a_commitment_covers_gets_no_other_discount_and_the_rest_does()
    {
        var bill = Run("us-central1", "n1-standard-4", 3, 1).Bill(June, new Commitment("n1-standard-4", 1, 1));
        var family = Assert.Single(bill.Families);
        Assert.Equal((double)family.List.Amount / 3, (double)family.Covered.Amount, 0.01);
        Assert.Equal((double)family.List.Amount * 2 / 3 * 0.3, (double)family.SustainedUse.Amount, 0.01);
        Assert.Equal(cloudTotal(bill), bill.Total);

        static Money cloudTotal(MonthBill b) => b.Families.Aggregate(b.Rest, (sum, f) => sum + f.Total);
    }

    [Fact]
    public void Spot_machines_get_neither_and_other_things_stand_as_they_are()
    {
        var cloud = new CloudProvider(clock, new Randomness(3), PriceBook.Load("gcp", "us-central1"), new ProvisioningTimes(TimeSpan.Zero, TimeSpan.Zero, 0));
        clock.RunFor(TimeSpan.FromMinutes(5));
        cloud.CreateNodePool(new NodePoolOptions { Name = "cheap", MachineType = "n1-standard-4", Spot = true }, 1);
        cloud.CreateCluster("lab");
        clock.RunFor(TimeSpan.FromDays(30));
        var bill = cloud.Bill(June);
        Assert.Equal(0, bill.Saved.Amount);
        Assert.True(bill.Families[0].Spot.Amount > 0);
        Assert.Equal((double)cloud.Bill().Total.Amount, (double)bill.Total.Amount, 1e-9);
        Assert.Equal(72 + (100 * 0.04 * 720 / 730), (double)bill.Rest.Amount, 0.001);
        Assert.Contains("knows no commitment of 2 years for n1", Assert.Throws<ArgumentException>(() => cloud.Bill(June, new Commitment("n1-standard-4", 1, 2))).Message, StringComparison.Ordinal);
    }

    private CloudProvider Run(string region, string machine, int count, double part)
    {
        var cloud = new CloudProvider(clock, new Randomness(3), PriceBook.Load("gcp", region), new ProvisioningTimes(TimeSpan.Zero, TimeSpan.Zero, 0));
        clock.RunFor(TimeSpan.FromMinutes(5));
        cloud.CreateNodePool(new NodePoolOptions { Name = "workers", MachineType = machine, DiskGib = 0 }, count);
        clock.RunFor(TimeSpan.FromDays(30) * part);
        cloud.DeleteNodePool("workers");
        clock.RunFor(TimeSpan.FromDays(31) - (clock.Now - June));
        return cloud;
    }
}
