using KubeLab.Cloud.Machines;
using KubeLab.Delays;
using KubeLab.Nodes.Images;
using KubeLab.Simulated;
using KubeLab.Tests.Observing;

namespace KubeLab.Tests.Delays;

public sealed class DelayLensTests
{
    private static readonly ProvisioningTimes Usual = new(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(40), 0);
    private static readonly ProvisioningTimes SlowBoot = new(TimeSpan.FromSeconds(150), TimeSpan.FromSeconds(100), 0);

    [Fact]
    public void The_parts_follow_each_other_and_add_up_to_the_whole()
    {
        var lens = Autoscaled(Usual);
        Assert.Equal(lens.Total, lens.Parts.Aggregate(TimeSpan.Zero, (sum, p) => sum + p.Length));
        Assert.Equal(lens.From, lens.Parts[0].From);
        Assert.Equal(lens.To, lens.Parts[^1].To);
        Assert.All(lens.Parts.Zip(lens.Parts.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.NotNull(lens.Pod);
    }

    [Fact]
    public void Each_loop_has_its_part_when_a_machine_has_to_come()
    {
        var lens = Autoscaled(Usual);
        var table = lens.ToString();
        Assert.True(lens.Of("metrics server") > TimeSpan.Zero, table);
        Assert.InRange(lens.Of("metrics server: next scrape"), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.InRange(lens.Of("horizontal autoscaler: next look"), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.True(lens.Of("pending: until a machine is asked for") > TimeSpan.Zero, table);
        Assert.Equal(50, lens.Of("machine: provisioning").TotalSeconds, 6);
        Assert.Equal(40, lens.Of("machine: boot").TotalSeconds, 6);
        Assert.True(lens.Of("image pull") > TimeSpan.Zero, table);
        Assert.True(lens.Of("sandbox and container start") > TimeSpan.Zero, table);
    }

    [Fact]
    public void A_boot_that_takes_a_minute_more_lengthens_its_own_bar_by_a_minute_and_hardly_another()
    {
        var (usual, slow) = (Autoscaled(Usual), Autoscaled(SlowBoot));
        Assert.Equal(60, (slow.Of("machine: boot") - usual.Of("machine: boot")).TotalSeconds, 6);
        OthersAreAlike(usual, slow, "machine: boot");
    }

    [Fact]
    public void A_larger_image_lengthens_the_pull_and_hardly_another()
    {
        var (small, large) = (Autoscaled(Usual, 80_000_000), Autoscaled(Usual, 400_000_000));
        var more = (large.Of("image pull") - small.Of("image pull")).TotalSeconds;

        // 320 MB at 16 MB a second, spread by the kubelet's dice by at most a half less and thrice as much.
        Assert.InRange(more, 10, 60);
        OthersAreAlike(small, large, "image pull");
    }

    [Fact]
    public void Where_there_is_room_no_machine_is_waited_for()
    {
        using var cluster = Shops.Open(workers: 3);
        var load = cluster.Load("shop", LoadShape.Of(since => since < TimeSpan.FromMinutes(2) ? 40 : 140));
        cluster.RunFor(130);
        cluster.Kubectl("scale deployment shop --replicas=4");
        cluster.RunFor(120);
        var lens = cluster.Delays(load);
        Assert.Equal(10, lens.Of("until somebody scaled").TotalSeconds, 3);
        Assert.Equal(TimeSpan.Zero, lens.Of("machine"));
        Assert.Equal(lens.Total, lens.Parts.Aggregate(TimeSpan.Zero, (sum, p) => sum + p.Length));
    }

    [Fact]
    public void When_one_step_of_the_autoscaler_is_not_enough_each_further_one_is_named()
    {
        using var cluster = Shops.Open(workers: 8);
        cluster.Kubectl("autoscale deployment shop --min=2 --max=30 --cpu-percent=60");
        cluster.RunFor(TimeSpan.FromMinutes(6));
        var load = cluster.Load("shop", LoadShape.Of(since => since < TimeSpan.FromMinutes(2) ? 40 : 400));
        cluster.RunFor(TimeSpan.FromMinutes(8));
        var lens = cluster.Delays(load);
        var steps = lens.Parts.Where(p => p.Name.StartsWith("horizontal autoscaler: step ", StringComparison.Ordinal)).ToList();
        Assert.True(steps.Count >= 2, lens.ToString());
        Assert.StartsWith("horizontal autoscaler: step 2, ", steps[0].Name, StringComparison.Ordinal);

        // A step begins with as many copies as the one before ended with.
        var copies = steps.Select(p => p.Name.Split(' ')).Select(words => (Before: words[^4], After: words[^2])).ToList();
        Assert.All(copies.Zip(copies.Skip(1)), pair => Assert.Equal(pair.First.After, pair.Second.Before));
        Assert.Equal(lens.Total, lens.Parts.Aggregate(TimeSpan.Zero, (sum, p) => sum + p.Length));
    }

    [Fact]
    public void With_a_bound_on_latency_the_backlog_counts_too()
    {
        using var cluster = Shops.Open(workers: 3);
        var load = cluster.Load("shop", LoadShape.Of(since => since < TimeSpan.FromMinutes(2) ? 40 : 140));
        cluster.RunFor(130);
        cluster.Kubectl("scale deployment shop --replicas=4");
        cluster.RunFor(300);
        var (any, quick) = (cluster.Delays(load), cluster.Delays(load, p95: TimeSpan.FromMilliseconds(400)));
        Assert.True(quick.Total > any.Total, $"{quick}\n{any}");
        Assert.True(quick.Of("until all is served") > any.Of("until all is served"));
    }

    [Fact]
    public void A_load_that_falls_again_is_no_pods_doing()
    {
        using var cluster = Shops.Open();
        var load = cluster.Load("shop", LoadShape.Of(since => since < TimeSpan.FromMinutes(1) || since >= TimeSpan.FromMinutes(2) ? 40 : 140));
        cluster.RunFor(180);
        var lens = cluster.Delays(load);
        Assert.Null(lens.Pod);
        Assert.Equal(60, lens.Of("until the load fell").TotalSeconds, 3);
    }

    [Fact]
    public void What_cannot_be_explained_is_refused_with_the_reason()
    {
        using var cluster = Shops.Open();
        var load = cluster.Load("shop", 40);
        cluster.RunFor(60);
        Assert.Contains("was served all the time", Assert.Throws<InvalidOperationException>(() => cluster.Delays(load, cluster.Now.AddSeconds(-30))).Message, StringComparison.Ordinal);
        var heavy = cluster.Load("shop", 400);
        cluster.RunFor(60);
        Assert.Contains("is still not served", Assert.Throws<InvalidOperationException>(() => cluster.Delays(heavy)).Message, StringComparison.Ordinal);
    }

    private static void OthersAreAlike(DelayLens one, DelayLens other, string but)
    {
        var names = one.Parts.Concat(other.Parts).Select(p => p.Name).Distinct().Where(n => n != but);
        Assert.All(names, name => Assert.True((one.Of(name) - other.Of(name)).Duration() < TimeSpan.FromSeconds(1.5), $"{name}\n{one}\n{other}"));
    }

    /// <summary>A load step that needs more copies than there is room for; a minute later somebody asks for machines.</summary>
    private static DelayLens Autoscaled(ProvisioningTimes times, long imageBytes = 80_000_000)
    {
        using var cluster = Lab.Simulate(new SimulationOptions { MachineTimes = times });
        ((DataImageCatalog)cluster.Runtime.Images).Add("kubelab/server", imageBytes);
        Shops.Build(cluster, workers: 1);

        // Both runs begin at the same instants, or loops that look every 15 s would look at others.
        cluster.RunFor(new DateTimeOffset(2026, 1, 1, 8, 15, 0, TimeSpan.Zero) - cluster.Now);
        cluster.Kubectl("autoscale deployment shop --min=2 --max=5 --cpu-percent=60");
        cluster.RunFor(TimeSpan.FromMinutes(5));
        var load = cluster.Load("shop", LoadShape.Of(since => since < TimeSpan.FromMinutes(2) ? 40 : 190));
        cluster.RunFor(180);
        cluster.Resize("workers", 3, wait: false);
        cluster.RunFor(TimeSpan.FromMinutes(8));
        return cluster.Delays(load);
    }
}
