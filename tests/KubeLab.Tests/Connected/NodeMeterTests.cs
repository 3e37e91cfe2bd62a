using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Cloud.Billing;
using KubeLab.Connected;

namespace KubeLab.Tests.Connected;

/// <summary>The meter against the in-memory server, into which nodes of many providers are put.</summary>
public sealed class NodeMeterTests
{
    private readonly ApiServer.FrontRig rig = new();

    [Fact]
    public void Nodes_are_counted_from_when_they_are_seen_until_they_are_gone()
    {
        var api = rig.Server.ConnectAs("admin");
        api.Create(RealNodes.Gke());
        var meter = new NodeMeter(api, rig.Clock, isSimulated: false);
        meter.Start();
        rig.Clock.RunFor(TimeSpan.FromMinutes(30));
        api.Delete<Node>("", RealNodes.Gke().Metadata.Name!);
        rig.Clock.RunFor(TimeSpan.FromMinutes(30));

        var bill = meter.Bill();
        var machine = Assert.Single(bill.Lines, l => l.Kind == ChargeKind.Machine);
        Assert.Equal(("e2-standard-4", 0.5m), (machine.Item, Math.Round(machine.Quantity, 2)));
        Assert.Single(bill.Lines, l => l.Kind == ChargeKind.ClusterFee);
        Assert.Equal(bill.Total.Amount, meter.Money()!.Value.Total);
        Assert.Equal(["disks, load balancers and traffic are not counted: see your provider's billing page"], bill.Notes);
    }

    [Fact]
    public void Nodes_without_a_price_are_named_on_the_bill_and_a_cluster_of_such_costs_nobody_knows_what()
    {
        var api = rig.Server.ConnectAs("admin");
        api.Create(RealNodes.Kind);
        api.Create(RealNodes.Bare);
        var meter = new NodeMeter(api, rig.Clock, isSimulated: false);
        meter.Start();
        rig.Clock.RunFor(TimeSpan.FromHours(1));
        Assert.False(meter.IsKnown);
        Assert.Null(meter.Money());
        Assert.StartsWith("not priced: host-7, lab-worker; spec.providerID names no provider", meter.Notes[0], StringComparison.Ordinal);
        Assert.Contains("not priced: host-7, lab-worker; ", meter.Bill().ToString(), StringComparison.Ordinal);
    }
}
