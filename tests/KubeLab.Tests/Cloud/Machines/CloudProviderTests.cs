using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;
using KubeLab.Simulation;

namespace KubeLab.Tests.Cloud.Machines;

public sealed class CloudProviderTests
{
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_machine_appears_after_its_provisioning_time_and_is_billed_while_it_boots()
    {
        var cloud = Account(times: new(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(40), 0));
        DateTimeOffset? started = null;
        cloud.MachineCreated += m => m.Started += _ => started = clock.Now;
        var machine = cloud.CreateNodePool("workers", "e2-standard-4", 1).Machines[0];

        Assert.Equal(MachineState.Provisioning, machine.State);
        Assert.Equal(0, cloud.RatePerHour.Amount);

        clock.RunFor(TimeSpan.FromSeconds(50));
        Assert.Equal(MachineState.Running, machine.State);
        Assert.False(machine.IsUp);
        Assert.True(cloud.RatePerHour.Amount > 0.14m);

        clock.RunFor(TimeSpan.FromSeconds(40));
        Assert.True(machine.IsUp);
        Assert.Equal(machine.CreatedAt.AddSeconds(90), started);
    }

    [Fact]
    public void The_same_seed_provisions_at_the_same_instants_and_another_seed_does_not()
    {
        string Log(long seed)
        {
            var own = new VirtualClock(clock.Now);
            var lines = new List<string>();
            var cloud = new CloudProvider(own, new Randomness(seed), PriceBook.Load());
            cloud.MachineCreated += m => m.Started += up => lines.Add($"{own.Now:O} {up.Name}");
            cloud.CreateNodePool("workers", "e2-standard-4", 5);
            own.RunFor(TimeSpan.FromMinutes(5));
            return string.Join('\n', lines);
        }

        Assert.Equal(Log(7), Log(7));
        Assert.NotEqual(Log(7), Log(8));
        Assert.Equal(5, Log(7).Split('\n').Length);
    }

    [Fact]
    public void One_more_pool_does_not_change_when_the_others_machines_appear()
    {
        TimeSpan FirstStart(bool another)
        {
            var own = new VirtualClock(clock.Now);
            var cloud = new CloudProvider(own, new Randomness(7), PriceBook.Load());
            if (another)
            {
                cloud.CreateNodePool("spare", "e2-standard-2", 3);
            }

            var machine = cloud.CreateNodePool("workers", "e2-standard-4", 1).Machines[0];
            Assert.True(own.RunUntil(() => machine.IsUp, TimeSpan.FromMinutes(5)));
            return own.Now - machine.CreatedAt;
        }

        Assert.Equal(FirstStart(another: false), FirstStart(another: true));
        Assert.InRange(FirstStart(another: false), TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(90 * 1.2));
    }

    [Fact]
    public void A_killed_machine_is_dead_inside_and_billed_outside()
    {
        var cloud = Account();
        var log = new List<string>();
        cloud.MachineCreated += m =>
        {
            m.Started += _ => log.Add("started");
            m.PowerLost += _ => log.Add("power lost");
            m.Restored += _ => log.Add("restored");
            m.Deleted += _ => log.Add("deleted");
        };
        var machine = cloud.CreateNodePool("workers", "e2-standard-4", 1).Machines[0];
        clock.RunFor(TimeSpan.FromMinutes(3));
        var rate = cloud.RatePerHour;

        cloud.Kill("workers-1");
        cloud.Kill("workers-1");
        Assert.False(machine.IsUp);
        Assert.Equal(MachineState.Running, machine.State);
        Assert.Equal(rate, cloud.RatePerHour);
        Assert.Same(machine, cloud.FindByProviderId("gce://lab/europe-west4-a/workers-1"));

        cloud.Restore("workers-1");
        cloud.Restore("workers-1");
        clock.RunFor(TimeSpan.FromMinutes(1));
        Assert.True(machine.IsUp);

        cloud.Delete("workers-1");
        Assert.Null(cloud.FindByProviderId("gce://lab/europe-west4-a/workers-1"));
        Assert.Equal(0, cloud.RatePerHour.Amount);
        Assert.Equal(["started", "power lost", "restored", "power lost", "deleted"], log);
    }

    [Fact]
    public void A_machine_killed_during_its_first_boot_starts_when_it_is_restored()
    {
        var cloud = Account(times: new(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(40), 0));
        var log = new List<string>();
        cloud.MachineCreated += m => m.Started += _ => log.Add("started");
        cloud.MachineCreated += m => m.Restored += _ => log.Add("restored");
        cloud.CreateNodePool("workers", "e2-standard-4", 1);
        clock.RunFor(TimeSpan.FromSeconds(60));

        cloud.Kill("workers-1");
        clock.RunFor(TimeSpan.FromMinutes(10));
        Assert.Empty(log);

        cloud.Restore("workers-1");
        clock.RunFor(TimeSpan.FromSeconds(40));
        Assert.Equal(["started"], log);
    }

    [Fact]
    public void A_stopped_machine_costs_only_its_disk()
    {
        var cloud = Account();
        cloud.CreateNodePool("workers", "e2-standard-4", 1);
        clock.RunFor(TimeSpan.FromMinutes(3));

        cloud.Stop("workers-1");
        Assert.Equal("workers-1 (boot disk)", Assert.Single(cloud.StillRented()).Name);

        cloud.Restore("workers-1");
        Assert.Equal(2, cloud.StillRented().Count);
        clock.RunFor(TimeSpan.FromMinutes(1));
        Assert.True(cloud.Find("workers-1").IsUp);
    }

    [Fact]
    public void Shrinking_deletes_the_newest_and_names_are_never_given_twice()
    {
        var pool = Account().CreateNodePool("workers", "e2-standard-4", 3);
        pool.Resize(1);
        pool.Resize(2);

        Assert.Equal(["workers-1", "workers-4"], pool.Machines.Select(m => m.Name));
    }

    [Fact]
    public void A_machine_that_is_deleted_while_it_is_provisioned_never_starts_and_costs_nothing()
    {
        var cloud = Account();
        cloud.MachineCreated += m => m.Started += _ => Assert.Fail("it was deleted");
        cloud.CreateNodePool("workers", "e2-standard-4", 1).Resize(0);
        clock.RunFor(TimeSpan.FromHours(1));

        Assert.Equal(0, cloud.Cost.Amount);
        Assert.Empty(cloud.Machines);
    }

    [Fact]
    public void Machines_are_spread_over_the_zones_of_their_pool()
    {
        var cloud = Account();
        var pool = cloud.CreateNodePool(new() { Name = "workers", MachineType = "e2-standard-4", Zones = cloud.Zones }, 4);

        Assert.Equal(["europe-west4-a", "europe-west4-b", "europe-west4-c", "europe-west4-a"], pool.Machines.Select(m => m.Zone));
    }

    [Fact]
    public void A_node_carries_the_labels_of_its_cloud()
    {
        var cloud = Account();
        var pool = cloud.CreateNodePool(
            new()
            {
                Name = "cheap",
                MachineType = "e2-standard-4",
                Spot = true,
                Labels = new Dictionary<string, string> { ["team"] = "cms" },
            },
            count: 1);

        Assert.Equal(
            [
                "cloud.google.com/gke-nodepool=cheap", "cloud.google.com/gke-spot=true", "node.kubernetes.io/instance-type=e2-standard-4",
                "team=cms", "topology.kubernetes.io/region=europe-west4", "topology.kubernetes.io/zone=europe-west4-a",
            ],
            pool.Machines[0].NodeLabels.Select(l => $"{l.Key}={l.Value}"));
        Assert.Equal("10.128.0.2", pool.Machines[0].InternalIp);
    }

    [Fact]
    public void A_gpu_pool_keeps_other_pods_away()
    {
        var cloud = new CloudProvider(clock, new Randomness(7), PriceBook.Load("gcp", "us-central1"));
        var pool = cloud.CreateNodePool("gpu", "g2-standard-4", 1);

        Assert.Equal(new MachineTaint("nvidia.com/gpu", "present", "NoSchedule"), Assert.Single(pool.Taints));
        Assert.Equal("nvidia-l4", pool.Machines[0].NodeLabels["cloud.google.com/gke-accelerator"]);
    }

    [Fact]
    public void A_preempted_spot_machine_is_replaced_after_its_notice()
    {
        var cloud = Account();
        var noticed = 0;
        var pool = cloud.CreateNodePool(new() { Name = "cheap", MachineType = "e2-standard-4", Spot = true }, 2);
        clock.RunFor(TimeSpan.FromMinutes(3));
        pool.Machines[0].Preempting += _ => noticed++;

        cloud.Preempt("cheap-1");
        Assert.Equal(1, noticed);
        clock.RunFor(TimeSpan.FromSeconds(29));
        Assert.True(cloud.Find("cheap-1").IsUp);
        clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(["cheap-2", "cheap-3"], pool.Machines.Select(m => m.Name));
    }

    [Fact]
    public void The_quota_is_refused_in_the_words_of_gke_and_nothing_changes()
    {
        var cloud = Account();
        cloud.CpuQuota = 24;
        var pool = cloud.CreateNodePool("workers", "e2-standard-4", 4);

        var refused = Assert.Throws<QuotaExceededException>(() => pool.Resize(8));
        Assert.Equal(
            "Insufficient regional quota to satisfy request: resource \"CPUS\": request requires '16.0' and is short '8.0'. "
            + "project has a quota of '24.0' with '8.0' available.",
            refused.Message);
        Assert.Equal(4, pool.Size);
        Assert.Throws<QuotaExceededException>(() => cloud.CreateNodePool("more", "e2-standard-16", 1));
        Assert.Single(cloud.Pools);
    }

    [Fact]
    public void Errors_list_what_exists()
    {
        var cloud = Account();
        cloud.CreateNodePool("workers", "e2-standard-4", 1);

        Refused(() => cloud.CreateNodePool("a", "e2-standart-4"), "has e2-standard-2, e2-standard-4");
        Refused(() => cloud.CreateNodePool("workers", "e2-standard-4"), "already exists");
        Refused(() => cloud.CreateNodePool("My Pool", "e2-standard-4"), "cannot name a node pool");
        Refused(() => cloud.CreateNodePool(new() { Name = "b", MachineType = "e2-standard-4", Zones = ["mars-a"] }), "has europe-west4-a");
        Refused(() => cloud.CreateNodePool(new() { Name = "b", MachineType = "e2-standard-4", DiskType = "tape" }), "has pd-standard");
        Refused(() => cloud.Kill("workers-2"), "there are workers-1");
        Refused(() => cloud.DeleteCluster("lab"), "no cluster \"lab\"; there are none");
        Refused(() => cloud.Pool("workers").Resize(-1), "size");
        var early = Assert.Throws<InvalidOperationException>(() => cloud.Kill("workers-1"));
        Assert.Contains("still being provisioned", early.Message, StringComparison.Ordinal);
        Assert.Single(cloud.Pools);

        static void Refused(Action call, string part) =>
            Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deleting_the_cluster_leaves_disks_balancers_and_addresses_that_cost_money()
    {
        var cloud = Account();
        cloud.CreateCluster("lab");
        cloud.CreateNodePool("workers", "e2-standard-4", 1);
        cloud.CreateDisk("nfs-1", "pd-standard", 100);
        cloud.CreateDisk("bucket", "gcs-standard", 330);
        cloud.CreateLoadBalancer("web");
        cloud.ReserveAddress("web");
        clock.RunFor(TimeSpan.FromMinutes(5));

        cloud.DeleteCluster("lab");
        cloud.DeleteNodePool("workers");
        Assert.Equal(["bucket", "nfs-1", "web", "web"], cloud.StillRented().Select(u => u.Name));

        cloud.DeleteDisk("nfs-1");
        cloud.DeleteDisk("bucket");
        cloud.DeleteLoadBalancer("web");
        cloud.ReleaseAddress("web");
        Assert.Equal(0, cloud.RatePerHour.Amount);
        Assert.True(cloud.Bill().Of(ChargeKind.Disk).Amount > 0);
    }

    private CloudProvider Account(ProvisioningTimes? times = null) => new(clock, new Randomness(7), PriceBook.Load(), times);
}
