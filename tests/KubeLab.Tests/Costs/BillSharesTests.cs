using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Prices;
using KubeLab.Costs;
using KubeLab.Simulated;

namespace KubeLab.Tests.Costs;

public sealed class BillSharesTests
{
    [Fact]
    public void Shares_add_up_to_the_bill_and_machines_divide_by_unit_prices()
    {
        using var cluster = Lab.Simulate(new SimulationOptions { Seed = 7, Region = "us-central1" });
        cluster.AddManagedMasters();
        cluster.AddNodePool("workers", "e2-standard-4", 1);
        cluster.RunFor(TimeSpan.FromHours(1));
        cluster.ReadOut(1);
        var (bill, shares) = (cluster.Bill(), BillShares.Of(cluster.Bill(), PriceBook.Load("gcp", "us-central1")));
        Assert.Equal(bill.Total.Amount, shares.Total.Amount, 12);
        Assert.Equal(bill.Of(ChargeKind.Disk), shares.Disks);
        Assert.Equal(bill.Of(ChargeKind.ClusterFee).Amount + 0.12m, shares.Other.Amount, 9);

        // 4 x 0.02181159 of 4 x 0.02181159 + 16 x 0.00292353.
        Assert.Equal(0.65098, (double)(shares.Cpu / (shares.Cpu + shares.Memory)), 5);
        Assert.Equal((double)shares.Total.Amount * 0.86, (double)shares.In("CHF").Total.Amount, 9);
        Assert.Contains("memory", shares.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bill_without_machines_has_no_cpu()
    {
        using var cluster = Lab.Simulate(new SimulationOptions { Seed = 7 });
        cluster.KeepInBucket("results", 100);
        cluster.RunFor(TimeSpan.FromHours(1));
        var shares = BillShares.Of(cluster.Bill(), PriceBook.Load());
        Assert.Equal((0m, 0m), (shares.Cpu.Amount, shares.Memory.Amount));
        Assert.Equal(cluster.Cost, shares.Disks);
    }
}
