using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Controllers.HorizontalAutoscaling;

namespace KubeLab.Tests.Controllers.HorizontalAutoscaling;

public sealed class ReplicaCalculatorTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Tolerances Tenth = new(0.1, 0.1);

    [Theory]
    [InlineData("300 500 700", 1000, 30, 5, 50)]
    [InlineData("100 200 300 400 500", 1000, 100, 2, 30)]
    [InlineData("100 100", 1000, 10, 2, 10)]
    [InlineData("219 219", 1000, 20, 2, 21)]
    [InlineData("221 221", 1000, 20, 2, 22)]
    [InlineData("231 231", 1000, 20, 3, 23)]
    [InlineData("181 181", 1000, 20, 2, 18)]
    [InlineData("179 179", 1000, 20, 2, 17)]
    [InlineData("0 0 0", 1000, 50, 0, 0)]
    public void As_many_copies_as_there_are_times_use_over_target(string use, long request, int target, int replicas, int utilization)
    {
        var pods = Pods(use, request);
        var proposal = Calculator.ForUtilization(pods.Count, target, "cpu", null, pods, Metrics(use));
        Assert.Equal((replicas, utilization), (proposal.Replicas, proposal.Utilization));
    }

    [Theory]
    // On the way up whoever is not known is assumed to do nothing, on the way down to work fully.
    [InlineData("- 500 700", 1000, 30, 4)]
    [InlineData("- 950", 1000, 100, 2)]
    [InlineData("- 300 400", 1000, 60, 3)]
    [InlineData("- 100 100 100", 1000, 50, 3)]
    [InlineData("- 100 100 100", 1000, 200, 2)]
    [InlineData("- 600", 1000, 100, 2)]
    public void Pods_without_a_measure_soften_the_change(string use, long request, int target, int replicas)
    {
        var pods = Pods(use, request);
        Assert.Equal(replicas, Calculator.ForUtilization(pods.Count, target, "cpu", null, pods, Metrics(use)).Replicas);
    }

    [Fact]
    public void A_target_above_the_request_assumes_that_much_of_the_unknown()
    {
        var pods = Pods("- 1000 1000 1000", 1000);
        Assert.Equal(3, Calculator.ForUtilization(4, 200, "cpu", null, pods, Metrics("- 1000 1000 1000")).Replicas);
        Assert.Equal(2, Calculator.ForUtilization(4, 200, "cpu", null, pods, Metrics("- 500 500 500")).Replicas);
    }

    [Fact]
    public void A_pod_that_starts_counts_for_nothing_when_the_number_would_rise()
    {
        var pods = Pods("300 500 700", 1000);
        pods[0] = Unready(pods[0], started: Now - TimeSpan.FromMinutes(1));
        var proposal = Calculator.ForUtilization(3, 30, "cpu", null, pods, Metrics("300 500 700"));
        Assert.Equal((4, 60), (proposal.Replicas, proposal.Utilization));
    }

    [Fact]
    public void A_pod_that_starts_does_not_hinder_the_number_from_falling()
    {
        var pods = Pods("100 100 900", 1000);
        pods[2] = Unready(pods[2], started: Now - TimeSpan.FromMinutes(1));
        Assert.Equal(1, Calculator.ForUtilization(3, 50, "cpu", null, pods, Metrics("100 100 900")).Replicas);
    }

    [Fact]
    public void Behind_the_time_of_starting_an_unready_pod_counts_if_it_was_ever_ready()
    {
        var was = Pods("900 900", 1000);
        was[0] = Unready(was[0], started: Now - TimeSpan.FromMinutes(10), since: Now - TimeSpan.FromMinutes(2));
        Assert.Equal(4, Calculator.ForUtilization(2, 50, "cpu", null, was, Metrics("900 900")).Replicas);

        // Its Ready condition has been False since half a minute after its start: it was never ready.
        var never = Pods("900 900", 1000);
        never[0] = Unready(never[0], started: Now - TimeSpan.FromMinutes(10), since: Now - TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(10));
        Assert.Equal(2, Calculator.ForUtilization(2, 50, "cpu", null, never, Metrics("900 900")).Replicas);
    }

    [Fact]
    public void A_measure_from_before_the_pod_became_ready_does_not_count()
    {
        var pods = Pods("900 900", 1000);
        pods[0] = Ready(pods[0], started: Now - TimeSpan.FromMinutes(1), since: Now - TimeSpan.FromSeconds(20));
        var metrics = new Dictionary<string, PodMetric>(Metrics("900 900")) { ["pod-0"] = new(900, Now - TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15)) };
        Assert.Equal(2, Calculator.ForUtilization(2, 50, "cpu", null, pods, metrics).Replicas);
        metrics["pod-0"] = new(900, Now, TimeSpan.FromSeconds(15));
        Assert.Equal(4, Calculator.ForUtilization(2, 50, "cpu", null, pods, metrics).Replicas);
    }

    [Fact]
    public void Memory_of_a_starting_pod_counts()
    {
        var pods = Pods("900 900", 1000, "memory");
        pods[0] = Unready(pods[0], started: Now - TimeSpan.FromMinutes(1));
        Assert.Equal(4, Calculator.ForUtilization(2, 50, "memory", null, pods, Metrics("900 900")).Replicas);
    }

    [Fact]
    public void Pods_on_their_way_out_and_failed_ones_do_not_count()
    {
        var pods = Pods("900 900 900", 1000);
        pods[0] = pods[0] with { Metadata = pods[0].Metadata with { DeletionTimestamp = Now } };
        pods[1] = pods[1] with { Status = pods[1].Status with { Phase = "Failed" } };
        Assert.Equal(2, Calculator.ForUtilization(3, 50, "cpu", null, pods, Metrics("900 900 900")).Replicas);
    }

    [Fact]
    public void A_container_without_a_request_has_no_utilization()
    {
        var pods = Pods("100", 1000);
        var failure = Assert.Throws<MetricsException>(() => Calculator.ForUtilization(1, 50, "memory", null, pods, Metrics("100")));
        Assert.Equal("missing request for memory in container main of Pod pod-0", failure.Message);
    }

    [Fact]
    public void A_sidecar_counts_with_its_request_and_one_container_alone_without_the_others()
    {
        var pod = Pods("600", 1000)[0];
        pod = pod with
        {
            Spec = pod.Spec with { InitContainers = [Container("proxy", 200) with { RestartPolicy = "Always" }, Container("setup", 5000)] },
        };
        Assert.Equal(50, Calculator.ForUtilization(1, 50, "cpu", null, [pod], Metrics("600")).Utilization);
        Assert.Equal(60, Calculator.ForUtilization(1, 50, "cpu", "main", [pod], Metrics("600")).Utilization);
    }

    [Fact]
    public void No_pods_or_no_measures_is_an_error_in_upstreams_words()
    {
        Assert.Equal(
            "no pods returned by selector while calculating replica count",
            Assert.Throws<MetricsException>(() => Calculator.ForUtilization(1, 50, "cpu", null, [], Metrics("100"))).Message);
        Assert.Equal(
            "did not receive metrics for targeted pods (pods might be unready)",
            Assert.Throws<MetricsException>(() => Calculator.ForUtilization(1, 50, "cpu", null, Pods("100", 1000), Metrics(""))).Message);
    }

    [Theory]
    [InlineData("20000 10000 30000", 15000, 4, 20000)]
    [InlineData("12000 12000 12000 12000 12000", 14000, 5, 12000)]
    [InlineData("12000 12000 12000 12000 12000", 20000, 3, 12000)]
    [InlineData("50000 10000 - 30000", 25000, 4, 30000)]
    public void An_amount_per_pod_is_met_by_as_many_copies_as_it_takes(string use, long target, int replicas, long mean)
    {
        var pods = Pods(use, 1000);
        var proposal = Calculator.ForAmountPerPod(pods.Count, target, isCpu: false, pods, Metrics(use));
        Assert.Equal((replicas, mean), (proposal.Replicas, proposal.Value));
    }

    [Theory]
    [InlineData(3, 15000, 20000, 4)]
    [InlineData(3, 15000, 16000, 3)]
    [InlineData(5, 20000, 12000, 3)]
    [InlineData(0, 1000, 10000, 10)]
    [InlineData(0, 1000, 0, 0)]
    public void A_whole_is_shared_by_the_ready_pods(int current, long target, long value, int replicas)
    {
        var pods = Pods(string.Join(' ', Enumerable.Repeat("1", Math.Max(current, 1))), 1000);
        Assert.Equal(replicas, Calculator.ForWhole(current, target, value, pods).Replicas);
    }

    [Theory]
    [InlineData(5, 100, 600, 6, 120)]
    [InlineData(5, 100, 510, 5, 102)]
    [InlineData(5, 100, 200, 2, 40)]
    [InlineData(5, 100, 0, 0, 0)]
    public void A_share_is_what_each_copy_gets_of_the_whole(int running, long target, long value, int replicas, long mean)
    {
        var proposal = Calculator.ForShare(running, target, value);
        Assert.Equal((replicas, mean), (proposal.Replicas, proposal.Value));
    }

    [Fact]
    public void Each_direction_may_have_its_own_tolerance()
    {
        var pods = Pods("700 700", 1000);
        ReplicaCalculator With(double down, double up) => new(AutoscalingOptions.Default, new Tolerances(down, up), Now);
        Assert.Equal(3, With(0, 0.1).ForUtilization(2, 50, "cpu", null, pods, Metrics("700 700")).Replicas);
        Assert.Equal(2, With(0, 0.5).ForUtilization(2, 50, "cpu", null, pods, Metrics("700 700")).Replicas);
        Assert.Equal(1, With(0.4, 0).ForUtilization(2, 50, "cpu", null, Pods("200 200", 1000), Metrics("200 200")).Replicas);
        Assert.Equal(2, With(0.6, 0).ForUtilization(2, 50, "cpu", null, Pods("200 200", 1000), Metrics("200 200")).Replicas);
    }

    [Fact]
    public void The_number_is_that_of_the_documented_formula() => Prop.ForAll(
        (from used in Gen.Choose(0, 2500).NonEmptyListOf() from target in Gen.Choose(1, 150) from missing in Gen.Choose(0, 4) select (used, target, missing)).ToArbitrary(),
        world =>
        {
            var (used, target, missing) = world;
            var names = Enumerable.Range(0, used.Count + missing).Select(i => $"pod-{i}").ToList();
            var metrics = used.Select((value, i) => (names[i], value)).ToDictionary(p => p.Item1, p => new PodMetric(p.value, Now, TimeSpan.FromSeconds(15)));
            var proposal = Calculator.ForUtilization(names.Count, target, "cpu", null, [.. names.Select(n => Pod(n, 1000, "cpu"))], metrics);
            Assert.Equal(Documented([.. used], target, missing), proposal.Replicas);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    /// <summary>The documented formula, written down once more in the plainest way.</summary>
    private static int Documented(List<int> used, int target, int missing)
    {
        double Ratio(List<int> all) => (double)(all.Sum() / (10 * all.Count)) / target;
        bool IsClose(double ratio) => ratio >= 0.9 && ratio <= 1.1;
        var (ratio, pods) = (Ratio(used), used.Count + missing);
        if (missing == 0)
        {
            return IsClose(ratio) ? pods : (int)Math.Ceiling(ratio * pods);
        }

        if (ratio != 1)
        {
            used.AddRange(Enumerable.Repeat(ratio < 1 ? 10 * Math.Max(100, target) : 0, missing));
        }

        var corrected = Ratio(used);
        var copies = (int)Math.Ceiling(corrected * used.Count);
        var turns = (ratio < 1 && corrected > 1) || (ratio > 1 && corrected < 1) || (corrected < 1 && copies > pods) || (corrected > 1 && copies < pods);
        return IsClose(corrected) || turns ? pods : copies;
    }

    private static ReplicaCalculator Calculator => new(AutoscalingOptions.Default, Tenth, Now);

    private static List<Pod> Pods(string use, long request, string resource = "cpu") =>
        [.. use.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((_, i) => Pod($"pod-{i}", request, resource))];

    private static Dictionary<string, PodMetric> Metrics(string use) => use.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select((text, i) => (Name: $"pod-{i}", Text: text)).Where(p => p.Text != "-")
        .ToDictionary(p => p.Name, p => new PodMetric(long.Parse(p.Text, System.Globalization.CultureInfo.InvariantCulture), Now, TimeSpan.FromSeconds(15)));

    private static Pod Pod(string name, long request, string resource) => Ready(
        new Pod
        {
            Metadata = new() { Name = name, Namespace = "default" },
            Spec = new() { Containers = [Container("main", request, resource)] },
            Status = new() { Phase = "Running" },
        },
        Now - TimeSpan.FromHours(1),
        Now - TimeSpan.FromHours(1));

    private static Container Container(string name, long request, string resource = "cpu") =>
        new() { Name = name, Resources = new() { Requests = ResourceList.Of((resource, Quantity.FromMilli(request))) } };

    private static Pod Ready(Pod pod, DateTimeOffset started, DateTimeOffset since) => With(pod, "True", started, since);

    private static Pod Unready(Pod pod, DateTimeOffset started, DateTimeOffset? since = null) => With(pod, "False", started, since ?? started);

    private static Pod With(Pod pod, string ready, DateTimeOffset started, DateTimeOffset since) => pod with
    {
        Status = pod.Status with { StartTime = started, Conditions = [new() { Type = "Ready", Status = ready, LastTransitionTime = since }] },
    };
}
