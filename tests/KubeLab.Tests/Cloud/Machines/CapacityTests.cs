using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;
using KubeLab.Simulation;

namespace KubeLab.Tests.Cloud.Machines;

public sealed class CapacityTests
{
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_zone_without_machines_lets_the_operation_fail_after_a_while_and_the_pool_tries_again()
    {
        var cloud = Account();
        cloud.RunOut("e2-standard-4", "europe-west4-a", until: clock.Now.AddMinutes(3));
        var failures = new List<string>();
        cloud.MachineCreated += m => m.CreationFailed += f => failures.Add($"{(clock.Now - f.CreatedAt).TotalSeconds} {f.CreationError}");
        var pool = cloud.CreateNodePool("workers", "e2-standard-4", 1);
        Assert.Equal(1, pool.Size);

        clock.RunFor(TimeSpan.FromMinutes(2));
        const string text = "ZONE_RESOURCE_POOL_EXHAUSTED: The zone 'projects/lab/zones/europe-west4-a' does not have enough resources available to fulfill the request.  Try a different zone, or try again later.";
        Assert.Equal([$"5 {text}", $"70 {text}"], failures);
        Assert.Equal(CreationErrorClass.OutOfResources, pool.Machines[0].CreationError?.Class);
        Assert.Equal(MachineState.Provisioning, pool.Machines[0].State);
        Assert.Equal(0, cloud.RatePerHour.Amount);

        clock.RunFor(TimeSpan.FromMinutes(5));
        Assert.True(pool.Machines[0].IsUp);
        Assert.Null(pool.Machines[0].CreationError);
    }

    [Fact]
    public void A_machine_rented_alone_is_given_up_when_there_is_none()
    {
        var cloud = Account();
        cloud.RunOut("n2");
        var gone = new List<string>();
        var machine = cloud.RentMachine(new() { Name = "flex-a", MachineType = "n2-standard-4", Zones = ["europe-west4-b"] });
        machine.CreationFailed += m => gone.Add(m.CreationError!.Code);
        clock.RunFor(TimeSpan.FromSeconds(5));
        Assert.Equal(["ZONE_RESOURCE_POOL_EXHAUSTED"], gone);
        Assert.Empty(cloud.Machines);
        Assert.Equal(MachineState.Deleted, machine.State);
    }

    [Fact]
    public void A_machine_rented_alone_carries_what_was_asked_for_and_belongs_to_no_pool()
    {
        var cloud = Account();
        var machine = cloud.RentMachine(new()
        {
            Name = "flex-a",
            MachineType = "n2-standard-4",
            Zones = ["europe-west4-b"],
            Spot = true,
            Labels = new Dictionary<string, string> { ["karpenter.sh/nodepool"] = "flex" },
        });
        clock.RunFor(TimeSpan.FromMinutes(3));
        Assert.True(machine.IsUp);
        Assert.Empty(cloud.Pools);
        Assert.Equal("flex", machine.NodeLabels["karpenter.sh/nodepool"]);
        Assert.Equal("true", machine.NodeLabels["cloud.google.com/gke-spot"]);
        Assert.Equal("europe-west4-b", machine.NodeLabels["topology.kubernetes.io/zone"]);
        Assert.DoesNotContain("cloud.google.com/gke-nodepool", machine.NodeLabels.Keys);
        Assert.Contains("flex-a", Assert.Throws<ArgumentException>(() => cloud.RentMachine(new() { Name = "flex-a", MachineType = "n2-standard-4" })).Message, StringComparison.Ordinal);
        cloud.Preempt("flex-a");
        clock.RunFor(TimeSpan.FromSeconds(31));
        Assert.Empty(cloud.Machines);
    }

    [Fact]
    public void Machines_that_run_are_not_touched_by_a_shortage_and_what_is_left_to_others_is_not_either()
    {
        var cloud = Account();
        var pool = cloud.CreateNodePool("workers", "e2-standard-4", 1);
        clock.RunFor(TimeSpan.FromMinutes(3));
        cloud.RunOut("e2", spotOnly: true);
        cloud.RunOut("e2-standard-8");
        pool.Resize(2);
        clock.RunFor(TimeSpan.FromMinutes(3));
        Assert.All(pool.Machines, m => Assert.True(m.IsUp));
    }

    // Rows: which quota, its limit, the machine type, whether Spot, how many of three appear.
    [Theory]
    [InlineData("CPUS", 8, "e2-standard-4", false, 2)]
    [InlineData("CPUS", 8, "n2-standard-4", false, 3)]
    [InlineData("N2_CPUS", 4, "n2-standard-4", false, 1)]
    [InlineData("CPUS", 8, "e2-standard-4", true, 2)]
    [InlineData("PREEMPTIBLE_CPUS", 4, "e2-standard-4", true, 1)]
    [InlineData("PREEMPTIBLE_CPUS", 4, "e2-standard-4", false, 3)]
    [InlineData("INSTANCES", 2, "e2-standard-4", false, 2)]
    [InlineData("IN_USE_ADDRESSES", 1, "e2-standard-4", false, 1)]
    public void A_quota_refuses_single_machines(string resource, double limit, string type, bool spot, int appear)
    {
        var cloud = Account();
        cloud.Quotas.Set(resource, limit);
        var pool = cloud.CreateNodePool(new() { Name = "workers", MachineType = type, Spot = spot }, 3);
        clock.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(appear, pool.Machines.Count(m => m.IsUp));
        Assert.All(pool.Machines.Where(m => !m.IsUp), m => Assert.Equal(
            FormattableString.Invariant($"QUOTA_EXCEEDED: Quota '{resource}' exceeded. Limit: {limit:0.0} in region europe-west4."), m.CreationError?.ToString()));
    }

    [Fact]
    public void A_quota_that_is_lifted_lets_the_waiting_machines_come()
    {
        var cloud = Account();
        cloud.Quotas.Set("CPUS", 4);
        var pool = cloud.CreateNodePool("workers", "e2-standard-4", 2);
        clock.RunFor(TimeSpan.FromMinutes(4));
        Assert.Equal(4, cloud.QuotaUse("CPUS"));
        cloud.Quotas.Set("CPUS", null);
        clock.RunFor(TimeSpan.FromMinutes(4));
        Assert.All(pool.Machines, m => Assert.True(m.IsUp));
        Assert.Equal(8, cloud.QuotaUse("CPUS"));
    }

    [Fact]
    public void Names_that_do_not_exist_are_refused_with_those_that_do()
    {
        var cloud = Account();
        Assert.Contains("CPUS, PREEMPTIBLE_CPUS, INSTANCES", Assert.Throws<ArgumentException>(() => cloud.Quotas.Set("CPU", 1)).Message, StringComparison.Ordinal);
        Assert.Contains("e2-standard-4", Assert.Throws<ArgumentException>(() => cloud.RunOut("e9")).Message, StringComparison.Ordinal);
        Assert.Contains("europe-west4-a", Assert.Throws<ArgumentException>(() => cloud.RunOut("e2", "mars")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => cloud.Quotas.Set("CPUS", -1));
    }

    private CloudProvider Account() => new(clock, new Randomness(7), PriceBook.Load(), new(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(40), 0));
}
