using System.Collections.Concurrent;
using KubeLab.Policies;
using KubeLab.Simulated;
using KubeLab.Tests.Observing;

namespace KubeLab.Tests.Policies;

public sealed class CompareTests
{
    private static readonly TimeSpan Horizon = TimeSpan.FromMinutes(6);

    private static readonly IReadOnlyList<Policy> TwoPolicies =
    [
        new("2 copies", _ => { }),
        new("autoscaled", c => c.Kubectl("autoscale deployment shop --min=2 --max=6 --cpu-percent=60")),
    ];

    [Fact]
    public void More_copies_cost_no_more_on_machines_that_are_paid_anyway_and_answer_sooner()
    {
        var result = Compare(TwoPolicies, [1, 2]);
        Assert.Empty(result.Failures);
        Assert.True(result.Of("autoscaled", r => r.P95).Max < result.Of("2 copies", r => r.P95).Min, result.ToString());
        Assert.True(result.Of("autoscaled", r => r.ErrorShare).Mean < result.Of("2 copies", r => r.ErrorShare).Mean);
        Assert.Equal(0, result.Of("2 copies", r => r.ScaleEvents).Max);
        Assert.True(result.Of("autoscaled", r => r.ScaleEvents).Min >= 1);
        Assert.Equal(2, result.Of("2 copies", r => r.PeakReplicas).Max);
        Assert.Equal(2 * Horizon.TotalHours, result.Of("2 copies", r => r.NodeHours).Mean, 6);
        Assert.Equal(0, result.Difference("autoscaled", r => r.Cost).Mean, 6);
    }

    [Fact]
    public void The_number_of_workers_changes_no_byte()
    {
        var (one, two) = (Compare(TwoPolicies, [1, 2], workers: 1), Compare(TwoPolicies, [1, 2], workers: 2));
        Assert.Equal(one.ToString(), two.ToString());
        Assert.Equal(one.Chart().ToJson(), two.Chart().ToJson());
        Assert.Equal(one.Runs.Select(r => (r.Policy, r.Seed, r.Cost, r.P95, r.Requests)), two.Runs.Select(r => (r.Policy, r.Seed, r.Cost, r.P95, r.Requests)));
    }

    [Fact]
    public void The_same_arrivals_and_boot_times_meet_every_policy()
    {
        var arrivals = new ConcurrentDictionary<string, (DateTimeOffset, double)[]>();
        var boots = new ConcurrentDictionary<string, TimeSpan>();
        Policy Grows(string name, double afterSeconds) => new(name, c =>
        {
            c.RunFor(afterSeconds);
            c.Kubectl($"scale deployment shop --replicas={(name == "early" ? 3 : 5)}");
            c.Resize("workers", 3);
            c.RunFor(60);
            var from = c.Loads[0].Offered.Samples[0].At;
            arrivals[name] = [.. Enumerable.Range(0, 100).Select(i => from.AddSeconds(i + 0.5)).Select(at => (at, Math.Round(c.Loads[0].Offered.ValueAt(at), 6)))];
            var machine = ((SimulatedCluster)c).Cloud.Machines.Single(m => m.Name == "workers-3");
            boots[name] = machine.RunningAt!.Value - machine.CreatedAt;
        });

        var result = Lab.Compare(seed => Noisy(seed), [Grows("early", 5), Grows("late", 47)], [7], TimeSpan.FromMinutes(8), progress: _ => { });
        Assert.Empty(result.Failures);
        Assert.Equal(100, arrivals["early"].Length);
        Assert.Equal(arrivals["early"], arrivals["late"]);
        Assert.True(arrivals["early"].Select(a => a.Item2).Distinct().Count() > 10);
        Assert.Equal(boots["early"], boots["late"]);
    }

    [Fact]
    public void A_run_that_fails_is_told_with_policy_and_seed_and_the_others_are_kept()
    {
        Policy[] policies = [.. TwoPolicies, new("broken", c => { if (c is SimulatedCluster { Seed: 2 }) { throw new InvalidOperationException("no such luck"); } })];
        var result = Compare(policies, [1, 2]);
        Assert.Equal(["policy \"broken\", seed 2: no such luck"], result.Failures);
        Assert.Equal(6, result.Runs.Count);
        Assert.Equal(1, result.Of("broken", r => r.Cost).Count);
        Assert.Equal(2, result.Of("autoscaled", r => r.Cost).Count);
        Assert.EndsWith("policy \"broken\", seed 2: no such luck", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_takes_longer_than_what_is_measured_is_an_error_of_its_own()
    {
        var result = Compare([new("slow", c => c.RunFor(TimeSpan.FromHours(1)))], [1]);
        Assert.Contains("policy \"slow\", seed 1: what the policy does took 01:00:00", Assert.Single(result.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_tells_each_run_once_and_ends_with_all()
    {
        var told = new List<PolicyProgress>();
        Lab.Compare(Shop, TwoPolicies, [1, 2], TimeSpan.FromSeconds(30), progress: told.Add);
        Assert.Equal([1, 2, 3, 4], told.Select(t => t.Done));
        Assert.Equal(4, told.Select(t => (t.Policy, t.Seed)).Distinct().Count());
        Assert.StartsWith("[##############################] 4 of 4 runs", told[^1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Stopping_ends_it() => Assert.ThrowsAny<OperationCanceledException>(() =>
        Lab.Compare(Shop, TwoPolicies, [1], Horizon, stop: new CancellationToken(true)));

    [Fact]
    public void What_makes_no_sense_is_refused_with_a_reason()
    {
        Assert.Contains("two policies are called \"a\"", Assert.Throws<ArgumentException>(() => Compare([new("a", _ => { }), new("a", _ => { })], [1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Compare([], [1]));
        Assert.Throws<ArgumentException>(() => Compare(TwoPolicies, [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lab.Compare(Shop, TwoPolicies, [1], TimeSpan.Zero));
    }

    [Fact]
    public void A_sweep_is_a_policy_for_each_value_or_pair_of_values()
    {
        Assert.Equal(["target 0.5", "target 0.7"], Policy.Sweep("target", [0.5, 0.7], (_, _) => { }).Select(p => p.Name));
        Assert.Equal(["min 1, max 4", "min 1, max 8", "min 2, max 4", "min 2, max 8"], Policy.Sweep("min", [1, 2], "max", [4, 8], (_, _, _) => { }).Select(p => p.Name));
    }

    [Fact]
    public void The_histogram_of_a_load_agrees_with_its_steady_percentiles()
    {
        using var cluster = Shops.Open();
        var load = cluster.Load("shop", 60);
        cluster.RunFor(600);
        Assert.Equal(load.Totals.Served, load.Latency.Count, 3);
        Assert.InRange(1000 * load.Latency.Quantile(0.95), load.P95.Latest * 0.95, load.P95.Latest * 1.05);
        Assert.InRange(1000 * load.Latency.Quantile(0.5), load.P50.Latest * 0.95, load.P50.Latest * 1.05);
    }

    [Fact]
    public void A_bar_on_a_terminal_moves_in_its_line_and_elsewhere_nothing_quick_is_told()
    {
        var (terminal, cell) = (new StringWriter(), new StringWriter());
        var half = new PolicyProgress(5, 10, "a", 1, TimeSpan.FromSeconds(12));
        new ProgressBar(terminal, true).Tell(half);
        var quiet = new ProgressBar(cell, false);
        quiet.Tell(half with { Done = 1, Elapsed = TimeSpan.FromSeconds(1) });
        Assert.Equal("", cell.ToString());
        quiet.Tell(half);
        Assert.StartsWith("\r[###############...............] 5 of 10 runs, about 0:00:12 left", terminal.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("[policies] 00:12 [###", cell.ToString(), StringComparison.Ordinal);
    }

    private static PolicyComparison Compare(IReadOnlyList<Policy> policies, long[] seeds, int? workers = null) =>
        Lab.Compare(Shop, policies, seeds, Horizon, workers, _ => { });

    private static SimulatedCluster Shop(long seed)
    {
        var cluster = Shops.Open(new SimulationOptions { Seed = seed });
        cluster.Load("shop", LoadShape.Of(since => since < TimeSpan.FromMinutes(1) ? 40 : 140));
        return cluster;
    }

    private static SimulatedCluster Noisy(long seed)
    {
        var cluster = Shops.Open(new SimulationOptions { Seed = seed });
        cluster.Load("shop", LoadShape.Poisson(40));
        return cluster;
    }
}
