using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Formatting;
using KubeLab.Scheduling.Explaining;
using KubeLab.Simulated;
using KubeLab.Testing;
using KubeLab.Tests.Scheduling;

namespace KubeLab.Tests.Explaining;

public sealed class SchedulingAnswerTests : IDisposable
{
    private readonly SimulatedCluster lab = Lab.Simulate();

    public SchedulingAnswerTests()
    {
        lab.AddMasters(1);
        lab.AddNodePool("workers", "e2-standard-4", 2);
    }

    public void Dispose() => lab.Dispose();

    // What GKE leaves for pods: 1.93 of 2 CPU, 3.92 of 4.
    [Theory]
    [InlineData("e2-standard-2", 1930)]
    [InlineData("e2-standard-4", 3920)]
    public void What_is_free_for_pods_on_a_machine_is_what_the_explanation_says(string machine, int milliCpu)
    {
        lab.AddNodePool("others", machine, 1);
        var answer = lab.Explain(Make.Pod("huge", "64"));
        var words = answer.Explanation.Node("others-1")!.Refusals.Single(r => r.Plugin == "NodeResourcesFit").Words;
        var cpu = FormattableString.Invariant($"{milliCpu / 1000.0:0.##}");
        Assert.Equal($"pod wants 64 CPU, {cpu} free of {cpu}", words);
    }

    // With 0.3 CPU for the system's own pods, a node of 3.92 CPU holds 3 pods of 1000m and 4 of 780m.
    [Theory]
    [InlineData("1000m", 3)]
    [InlineData("900m", 4)]
    [InlineData("780m", 4)]
    [InlineData("750m", 4)]
    public void The_request_decides_how_many_pods_a_node_holds(string cpu, int perNode)
    {
        foreach (var node in new[] { "workers-1", "workers-2" })
        {
            lab.Api.Create(Make.Pod($"system-{node}", "300m").On(node));
        }

        for (var i = 0; i < 10; i++)
        {
            lab.Api.Create(Make.Pod($"job-{i}", cpu));
        }

        lab.RunFor(30);
        Assert.Equal(2 * perNode, lab.Api.List<Pod>("default").Count(p => p.Metadata.Name!.StartsWith("job", StringComparison.Ordinal) && p.Spec.NodeName is not null));
    }

    [Fact]
    public void A_pod_that_fits_nowhere_is_told_why_and_what_would_help()
    {
        Fill();
        lab.Api.Create(Make.Pod("big", "1", "2Gi"));
        lab.RunFor(5);
        var answer = lab.WhyPending("big");
        Assert.False(answer.Fits);
        Assert.Equal("pod wants 1 CPU, 0.42 free of 3.92", answer.Explanation.Node("workers-1")!.Refusals[0].Words);
        Assert.Equal(420, answer.Counterfactuals.Single(c => c.Kind == CounterfactualKind.LessCpu).Largest);
        Assert.Contains(answer.Counterfactuals, c => c.Kind == CounterfactualKind.Toleration && c.Nodes.SequenceEqual(["master-1"]));
        var node = answer.Counterfactuals.Single(c => c.Kind == CounterfactualKind.AnotherNode);
        Assert.NotNull(node.PricePerHour);
        Golden.Compare(SourceTree.PathOf("tests", "KubeLab.Tests", "testdata", "explaining", "pending.txt"), answer + "\n");
        Assert.Contains("0.42 free of 3.92", ((IShown)answer).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_request_that_fits_is_exact()
    {
        Fill();
        lab.Api.Create(Make.Pod("big", "1", "2Gi"));
        lab.RunFor(5);
        var largest = lab.WhyPending("big").Counterfactuals.Single(c => c.Kind == CounterfactualKind.LessCpu).Largest!.Value;
        Assert.True(lab.Explain(Make.Pod("exact", $"{largest}m", "2Gi")).Fits);
        Assert.False(lab.Explain(Make.Pod("more", $"{largest + 1}m", "2Gi")).Fits);
    }

    [Fact]
    public void Preemption_is_offered_with_its_victims_and_does_not_happen()
    {
        Fill();
        var pod = Make.Pod("big", "1") with { };
        lab.Api.Create(pod);
        lab.RunFor(5);
        var change = Assert.Single(lab.WhyPending("big").Counterfactuals, c => c.Kind == CounterfactualKind.Priority);
        Assert.StartsWith("its priority were above 0 and 1 pod of priority 0 or lower (default/filler-", change.Words, StringComparison.Ordinal);
        Assert.All(lab.Pods(), p => Assert.Null(p.Metadata.DeletionTimestamp));
    }

    [Fact]
    public void A_gated_pod_is_held_by_its_gates_and_a_pod_of_an_unknown_scheduler_by_its_absence()
    {
        var gated = Make.Pod("gated");
        lab.Api.Create(gated with { Spec = gated.Spec with { SchedulingGates = [new PodSchedulingGate { Name = "example.org/wait" }] } });
        lab.Api.Create(Make.Pod("lost") with { Spec = Make.Pod("lost").Spec with { SchedulerName = "nobody" } });
        lab.RunFor(5);
        Assert.Equal("it waits until its scheduling gates are lifted: example.org/wait", lab.WhyPending("gated").Explanation.Held);
        Assert.Equal("it waits for a scheduler called nobody, and none of that name is known here", lab.WhyPending("default/lost").Explanation.Held);
        var condition = lab.Pod("gated").Object!.Status.Conditions.Find(c => c.Type == "PodScheduled")!;
        Assert.Equal(("False", "SchedulingGated"), (condition.Status, condition.Reason));
    }

    [Fact]
    public void A_selector_and_a_cordon_are_named_with_what_would_lift_them()
    {
        var pod = Make.Pod("picky", "100m");
        lab.Api.Create(pod with { Spec = pod.Spec with { NodeSelector = StringMap.Of(("disk", "ssd")) } });
        lab.RunFor(2);
        var answer = lab.WhyPending("picky");
        Assert.Equal("has no label disk (pod wants ssd)", answer.Explanation.Node("workers-1")!.Refusals[0].Words);
        Assert.Contains(answer.Counterfactuals, c => c.Words == "it did not ask for the node label disk=ssd" && c.Nodes.SequenceEqual(["workers-1", "workers-2"]));

        lab.Api.Delete<Pod>("default", "picky", new DeleteOptions { GracePeriodSeconds = 0 });
        lab.Kubectl("cordon workers-1");
        lab.Kubectl("cordon workers-2");
        lab.Api.Create(Make.Pod("small", "100m"));
        lab.RunFor(2);
        Assert.Contains(lab.WhyPending("small").Counterfactuals, c => c is { Kind: CounterfactualKind.Uncordon, Words: "workers-1 were uncordoned" });
    }

    [Fact]
    public void Where_a_pod_fits_every_plugin_tells_its_score_raw_normalised_and_weighted()
    {
        var answer = lab.Explain(Make.Pod("new", "1", "2Gi"));
        Assert.True(answer.Fits);
        var best = answer.Explanation.Fitting[0];
        Assert.Equal(
            ["TaintToleration", "NodeResourcesFit", "NodeResourcesBalancedAllocation", "ImageLocality"], best.Scores.Select(s => s.Plugin));
        Assert.Equal(best.Total, best.Scores.Sum(s => s.Weight * s.Normalized));
        Golden.Compare(SourceTree.PathOf("tests", "KubeLab.Tests", "testdata", "explaining", "fitting.txt"), answer + "\n");
        Assert.Contains("fit", answer.Chart().Alt, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pod_that_does_not_exist_is_an_error_in_words() =>
        Assert.StartsWith("there is no pod \"nope\" in namespace prod", Assert.Throws<ArgumentException>(() => lab.Explain("prod/nope")).Message, StringComparison.Ordinal);

    /// <summary>Leaves 0.42 CPU free on each worker.</summary>
    private void Fill()
    {
        for (var i = 1; i <= 2; i++)
        {
            lab.Api.Create(Make.Pod($"filler-{i}", "3500m", "1Gi").On($"workers-{i}"));
        }

        lab.RunFor(30);
    }
}
