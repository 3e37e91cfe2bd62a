using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Api.Metrics;
using KubeLab.Api.Selecting;
using KubeLab.Autoscaling.Vertical;
using KubeLab.Autoscaling.Vertical.Recommending;
using ContainerState = KubeLab.Autoscaling.Vertical.Recommending.ContainerState;
using Observed = KubeLab.Api.Core.ContainerState;

namespace KubeLab.Tests.Autoscaling.Vertical;

/// <summary>From samples to amounts: margins, confidence, least amounts, peaks and kills.</summary>
public sealed class RecommendingTests
{
    private const long Mebi = 1024 * 1024;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly Aggregations Aggregations = new(VerticalPodAutoscalerOptions.Default);

    [Fact]
    public void A_workload_of_200m_is_recommended_247m_since_a_percentile_is_the_end_of_a_bucket()
    {
        // 200m × 1.15 would be 230m. But the bucket that 200m falls into ends at 0.2 × (1.05¹⁵ − 1) = 0.2158 cores, of which fractions of a millicore are cut off: 215m, and 15 % of it are 32m.
        var need = Recommend(Measured(minutes: 60 * 24, cpuMilli: 200))["shop"];
        Assert.Equal(247, need.Target.CpuMilli);
    }

    [Theory]
    [InlineData(1, 11)]
    [InlineData(10, 23)]
    [InlineData(100, 126)]
    [InlineData(500, 587)]
    [InlineData(1000, 1168)]
    public void What_is_recommended_lies_above_what_is_used_by_the_margin_and_a_bucket(long used, long target)
    {
        var options = VerticalPodAutoscalerOptions.Default with { PodRecommendationMinCpuMillicores = 0 };
        Assert.Equal(target, new PodRecommender(options).Recommend(Alone(Measured(60 * 24, used)))["shop"].Target.CpuMilli);
    }

    [Fact]
    public void Nine_of_ten_samples_are_covered_and_heavier_requests_count_more()
    {
        var state = new AggregateState(Aggregations, Start);
        for (var i = 0; i < 100; i++)
        {
            state.AddCpu(i < 90 ? 100 : 1000, 100, Start + TimeSpan.FromMinutes(i));
        }

        // Later samples weigh a little more, so that the last ten are just above a tenth.
        Assert.InRange(state.Cpu.Percentile(0.89), 0.1, 0.12);
        Assert.InRange(state.Cpu.Percentile(0.91), 1, 1.06);
        state.AddCpu(4000, 2000, Start + TimeSpan.FromMinutes(100));
        Assert.InRange(state.Cpu.Percentile(0.9), 4, 4.3);
    }

    [Fact]
    public void Confidence_is_the_shorter_of_the_days_and_the_samples_of_a_day()
    {
        var state = new AggregateState(Aggregations, Start);
        for (var i = 0; i < 9; i++)
        {
            state.AddCpu(1000, 0, Start + TimeSpan.FromMinutes(2 * i));
        }

        Assert.Equal(0.00625, Estimators.Confidence(state, Day));
        Assert.Equal(0.5, Estimators.Confidence(state, TimeSpan.FromMinutes(18)));
        Estimator constant = _ => 3140;
        Assert.Equal(907_460, constant.WithConfidence(0.1, 2, Day)(state));
        Assert.Equal(4521, constant.WithConfidence(0.1, 2, TimeSpan.FromMinutes(18))(state));
        Assert.Equal(3454, constant.WithMargin(0.1)(state));
        Assert.Equal((3140, 5000), (constant.AtLeast(200)(state), constant.AtLeast(5000)(state)));
    }

    [Fact]
    public void Without_history_a_bound_is_nothing_or_beyond_all_bounds()
    {
        var state = new AggregateState(Aggregations, Start);
        Estimator constant = _ => 3140;
        Assert.Equal(Amounts.Max, constant.WithConfidence(1, 1, Day)(state));
        Assert.Equal(0, constant.WithConfidence(1, -1, Day)(state));
        Assert.Equal(0, Estimators.CpuPercentile(0.9).WithConfidence(1, 1, Day)(state));
    }

    [Theory]
    [InlineData(5, 0.60)]
    [InlineData(30, 0.91)]
    [InlineData(60, 0.95)]
    public void The_lower_bound_is_held_back_for_an_hour(int minutes, double factor)
    {
        var (need, sure) = (Recommend(Measured(minutes + 1, 1000))["shop"], Recommend(Measured(60 * 24 * 8, 1000))["shop"]);
        Assert.Equal(factor, (double)need.Lower.CpuMilli / sure.Lower.CpuMilli, 1);
    }

    [Theory]
    [InlineData(12 * 60, 3.0)]
    [InlineData(24 * 60, 2.0)]
    [InlineData(7 * 24 * 60, 1.14)]
    public void The_upper_bound_comes_down_with_the_days(int minutes, double factor)
    {
        var need = Recommend(Measured(minutes + 1, 1000))["shop"];
        Assert.Equal(factor, (double)need.Upper.CpuMilli / need.Target.CpuMilli, 2);
    }

    [Fact]
    public void The_least_that_a_pod_is_given_is_shared_by_its_containers()
    {
        var needs = new PodRecommender(VerticalPodAutoscalerOptions.Default).Recommend(new Dictionary<string, AggregateState>
        {
            ["b"] = Measured(10, 1),
            ["a"] = Measured(10, 1),
        });
        Assert.Equal(["a", "b"], needs.Keys);
        Assert.All(needs.Values, n => Assert.Equal((12, 125 * Mebi), (n.Target.CpuMilli, n.Target.MemoryBytes)));
        Assert.All(needs.Values, n => Assert.True(n.Lower.CpuMilli >= 12 && n.Upper.CpuMilli >= 12));
        Assert.Empty(new PodRecommender(VerticalPodAutoscalerOptions.Default).Recommend(new Dictionary<string, AggregateState>()));
    }

    [Fact]
    public void A_day_has_one_peak_of_memory_and_a_higher_one_takes_its_place()
    {
        var state = new AggregateState(Aggregations, Start);
        var container = new ContainerState(Aggregations, state);
        foreach (var (hour, mib) in ((int, int)[])[(0, 400), (1, 300), (2, 700), (3, 500)])
        {
            Assert.True(container.AddMemory(mib * Mebi, Start + TimeSpan.FromHours(hour)));
        }

        Assert.Equal((700 * Mebi, Start + Day), (container.Peak, container.WindowEnd));
        Assert.InRange(state.MemoryPeaks.Percentile(0), 700 * Mebi, 740 * Mebi);
        Assert.False(container.AddMemory(900 * Mebi, Start + TimeSpan.FromHours(2)));
        Assert.False(container.AddMemory(-1, Start + TimeSpan.FromHours(4)));

        // Three days without a sample: the next interval is the one in which it lies.
        Assert.True(container.AddMemory(100 * Mebi, Start + (Day * 3.5)));
        Assert.Equal((100 * Mebi, Start + (Day * 4)), (container.Peak, container.WindowEnd));
        Assert.InRange(state.MemoryPeaks.Percentile(0.1), 100 * Mebi, 115 * Mebi);
        Assert.InRange(state.MemoryPeaks.Percentile(1), 700 * Mebi, 740 * Mebi);
    }

    [Fact]
    public void Samples_of_cpu_must_be_newer_than_the_last()
    {
        var state = new AggregateState(Aggregations, Start);
        var container = new ContainerState(Aggregations, state);
        Assert.True(container.AddCpu(10, Start));
        Assert.False(container.AddCpu(10, Start));
        Assert.False(container.AddCpu(10, Start - Day));
        Assert.False(container.AddCpu(-10, Start + Day));
        Assert.Equal(1, state.SampleCount);
    }

    [Theory]
    [InlineData(1000, 0, 1200)]
    [InlineData(100, 0, 200)]
    [InlineData(100, 800, 960)]
    [InlineData(0, 0, 100)]
    public void A_container_that_was_killed_is_thought_to_need_a_fifth_or_100_MiB_more(int requested, int peak, int needed)
    {
        var state = new AggregateState(Aggregations, Start);
        var container = new ContainerState(Aggregations, state);
        if (peak > 0)
        {
            container.AddMemory(peak * Mebi, Start);
        }

        Assert.True(container.RecordOom(Start + TimeSpan.FromMinutes(1), requested * Mebi));
        Assert.Equal(needed * Mebi, container.Peak);

        // Killed again with the same request it is not thought to need still more.
        container.RecordOom(Start + TimeSpan.FromMinutes(2), requested * Mebi);
        Assert.Equal(needed * Mebi, container.Peak);
        Assert.False(container.RecordOom(Start - (Day * 2), requested * Mebi));
    }

    [Fact]
    public void A_kill_is_told_once_whether_or_not_the_container_runs_again_by_then()
    {
        var running = Pod(new() { Running = new() { StartedAt = Start } }, 0, null);
        var killed = Pod(new() { Terminated = Killed(Start + TimeSpan.FromHours(1)) }, 0, null);
        var again = Pod(new() { Running = new() { StartedAt = Start } }, 1, Killed(Start + TimeSpan.FromHours(1)));
        var expected = new OutOfMemory(new("default", "shop-1"), "shop", Start + TimeSpan.FromHours(1), 64 * Mebi);
        Assert.Equal([expected], OutOfMemory.Between(running, killed));
        Assert.Equal([expected], OutOfMemory.Between(running, again));
        Assert.Empty(OutOfMemory.Between(killed, again));
        Assert.Empty(OutOfMemory.Between(again, again));
    }

    [Fact]
    public void A_checkpoint_restores_what_is_recommended()
    {
        var state = Measured(600, 340);
        var restored = new AggregateState(Aggregations, Start);
        Assert.Null(restored.Load(state.Save()));
        Assert.Equal(Recommend(state)["shop"], Recommend(restored)["shop"]);
        Assert.Equal("unsupported checkpoint version v1", restored.Load(state.Save() with { Version = "v1" }));
    }

    [Fact]
    public void What_was_not_measured_for_eight_days_is_forgotten()
    {
        var state = Measured(10, 100);
        Assert.False(state.IsExpired(Start + (Day * 8)));
        Assert.True(state.IsExpired(Start + (Day * 8) + TimeSpan.FromMinutes(10)));
        Assert.True(new AggregateState(Aggregations, Start).IsExpired(Start + (Day * 8)));
    }

    [Fact]
    public void A_policy_bounds_what_is_said_and_the_uncapped_target_tells_what_was_measured()
    {
        var needs = Recommend(Measured(60 * 24, 200));
        var policy = new PodResourcePolicy
        {
            ContainerPolicies = [new() { ContainerName = "*", MaxAllowed = List("200m", "1Gi"), MinAllowed = List("150m", "512Mi") }],
        };
        var said = Recommendations.Of(needs, policy, VerticalPodAutoscalerOptions.Default).ContainerRecommendations[0];
        Assert.Equal(("200m", "512Mi"), (said.Target["cpu"].ToString(), said.Target["memory"].ToString()));
        Assert.Equal("247m", said.UncappedTarget["cpu"].ToString());
        Assert.Equal("200m", said.UpperBound["cpu"].ToString());

        var only = new PodResourcePolicy { ContainerPolicies = [new() { ContainerName = "shop", ControlledResources = (ValueList<string>)["memory"] }] };
        Assert.Equal(["memory"], Recommendations.Of(needs, only, VerticalPodAutoscalerOptions.Default).ContainerRecommendations[0].Target.Select(t => t.Key));
        var none = new PodResourcePolicy { ContainerPolicies = [new() { ContainerName = "shop", ControlledResources = default(ValueList<string>) }] };
        Assert.Empty(Recommendations.Of(needs, none, VerticalPodAutoscalerOptions.Default).ContainerRecommendations[0].Target);
    }

    [Fact]
    public void A_global_most_counts_where_the_policy_has_none_and_cpu_can_be_rounded_up()
    {
        var needs = Recommend(Measured(60 * 24, 200));
        var options = VerticalPodAutoscalerOptions.Default with { ContainerRecommendationMaxAllowedCpu = Quantity.Parse("100m"), RoundCpuMillicores = 50 };
        Assert.Equal("100m", Said(null));
        Assert.Equal("250m", Said(new() { ContainerPolicies = [new() { ContainerName = "shop", MaxAllowed = List("1", "1Gi") }] }));

        string Said(PodResourcePolicy? policy) => Recommendations.Of(needs, policy, options).ContainerRecommendations[0].Target["cpu"].ToString()!;
    }

    [Fact]
    public void A_thousand_pods_cost_the_recommender_a_few_kilobytes_a_minute()
    {
        var model = new ClusterModel(Aggregations);
        var vpa = model.Put(
            new Vpa(new CustomObject("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", new() { Namespace = "default", Name = "shop" }, null), new(), new()),
            Selector.From(StringMap.Of(("app", "shop"))));
        var labels = StringMap.Of(("app", "shop"), ("pod-template-hash", "1"));
        var spec = new PodSpec { Containers = [new() { Name = "shop", Resources = new() { Requests = List("100m", "64Mi") } }] };
        var pods = Enumerable.Range(0, 1000).Select(i => new Pod { Metadata = new() { Namespace = "default", Name = $"shop-{i}", Labels = labels }, Spec = spec }).ToList();
        var recommender = new PodRecommender(VerticalPodAutoscalerOptions.Default);
        var (allocated, need) = (0L, default(ContainerNeed));
        for (var minute = 0; minute < 60; minute++)
        {
            var now = Start + TimeSpan.FromMinutes(minute);
            var measured = pods.Select(p => new PodMetrics { Metadata = p.Metadata, Timestamp = now, Containers = [new() { Name = "shop", Usage = List("200m", "50Mi") }] }).ToList();
            var before = GC.GetAllocatedBytesForCurrentThread();
            model.BeginLook();
            pods.ForEach(p => model.See(p, now));
            measured.ForEach(m => model.Add(m, now));
            model.EndLook();
            need = recommender.Recommend(vpa.Recommendable(vpa.Merged(model.GroupsOf(vpa), () => model.Empty(now))))["shop"];
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(247, need.Target.CpuMilli);
        Assert.Equal(1000, Assert.Single(model.GroupsOf(vpa)).Count);
        Assert.InRange(allocated, 0, 32 * 1024);
    }

    private static ResourceList List(string cpu, string memory) => ResourceList.Of(("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse(memory)));

    private static SortedDictionary<string, ContainerNeed> Recommend(AggregateState state) => new PodRecommender(VerticalPodAutoscalerOptions.Default).Recommend(Alone(state));

    private static Dictionary<string, AggregateState> Alone(AggregateState state) => new() { ["shop"] = state };

    private static AggregateState Measured(int minutes, long cpuMilli)
    {
        var state = new AggregateState(Aggregations, Start);
        for (var i = 0; i < minutes; i++)
        {
            state.AddCpu(cpuMilli, 100, Start + TimeSpan.FromMinutes(i));
        }

        state.AddPeak(50 * Mebi, Start + Day);
        return state;
    }

    private static ContainerStateTerminated Killed(DateTimeOffset at) => new() { Reason = "OOMKilled", ExitCode = 137, FinishedAt = at, StartedAt = Start };

    private static Pod Pod(Observed state, int restarts, ContainerStateTerminated? last) => new()
    {
        Metadata = new() { Namespace = "default", Name = "shop-1" },
        Spec = new() { Containers = [new() { Name = "shop", Resources = new() { Requests = List("100m", "64Mi") } }] },
        Status = new() { ContainerStatuses = [new() { Name = "shop", State = state, RestartCount = restarts, LastState = last is null ? null : new() { Terminated = last } }] },
    };
}
