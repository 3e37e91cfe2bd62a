using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.Nodes.Expanders;
using KubeLab.Autoscaling.Nodes.ScaleUp;
using KubeLab.Simulation;
using KubeLab.Tests.Scheduling;

namespace KubeLab.Tests.Autoscaling.Nodes.Expanders;

public sealed class ExpanderTests
{
    private readonly PaperCloud cloud = new();

    [Fact]
    public void Most_pods_keeps_all_that_help_most()
    {
        ExpansionOption[] options = [Option("a", 1, pods: 2), Option("b", 1, pods: 3), Option("c", 1, pods: 3)];
        Assert.Equal("b c", Names(new MostPodsExpander().Best(options)));
        Assert.Equal("", Names(new MostPodsExpander().Best([Option("d", 1, pods: 0)])));
    }

    [Fact]
    public void Least_nodes_keeps_those_that_need_fewest() =>
        Assert.Equal("b", Names(new LeastNodesExpander().Best([Option("a", 3, pods: 1), Option("b", 1, pods: 1), Option("c", 0, pods: 1)])));

    [Fact]
    public void Least_waste_adds_the_unrequested_shares_of_CPU_and_memory()
    {
        // Half of 16 cores and of 32 GiB, all of 16 cores and half of 32 GiB, a quarter of both: as in upstream's example.
        var balanced = Option("balanced", 1, "16", "32Gi", Make.Pod("p", "8", "16Gi"));
        Assert.Equal(1.0, LeastWasteExpander.Waste(balanced), 6);
        var highCpu = Option("high-cpu", 1, "32", "32Gi", Make.Pod("p", "8", "16Gi"));
        Assert.Equal(1.25, LeastWasteExpander.Waste(highCpu), 6);
        var tight = Option("tight", 1, "8", "32Gi", Make.Pod("p", "8", "16Gi"));
        Assert.Equal("tight", Names(new LeastWasteExpander().Best([balanced, highCpu, tight])));
        var twice = Option("twice", 2, "16", "32Gi", Make.Pod("p", "8", "16Gi"));
        Assert.Equal(1.5, LeastWasteExpander.Waste(twice), 6);
    }

    [Fact]
    public void Price_prefers_what_costs_least_for_what_pods_ask_and_suits_the_cluster()
    {
        var expander = new PriceExpander(cloud, () => 2);
        var pod = Make.Pod("p", "1", "1Gi");
        var cheap = Option("cheap", 1, "1", "4Gi", 0.05, pod);
        var dear = Option("dear", 1, "1", "4Gi", 0.50, pod);
        Assert.Equal("cheap", Names(expander.Best([dear, cheap])));

        // The same price per core: in a small cluster the small machines win, in a large one the large machine does.
        var small = Option("small", 4, "1", "4Gi", 0.05, pod, pod, pod, pod);
        var large = Option("large", 1, "4", "16Gi", 0.20, pod, pod, pod, pod);
        Assert.Equal("small", Names(expander.Best([small, large])));
        Assert.Equal("large", Names(new PriceExpander(cloud, () => 20).Best([small, large])));
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(2, 1000)]
    [InlineData(3, 2000)]
    [InlineData(6, 2000)]
    [InlineData(20, 4000)]
    [InlineData(60, 8000)]
    [InlineData(200, 16_000)]
    [InlineData(201, 32_000)]
    public void The_preferred_machine_doubles_when_the_cluster_is_three_times_as_large(int nodes, int milliCpu) => Assert.Equal(milliCpu, PriceExpander.PreferredMilliCpu(nodes));

    [Fact]
    public void Unfitness_is_how_many_times_too_small_or_too_large_a_machine_is()
    {
        Assert.Equal(1, PriceExpander.Unfitness(2000, 2000));
        Assert.Equal(2, PriceExpander.Unfitness(2000, 1000));
        Assert.Equal(4, PriceExpander.Unfitness(2000, 8000));
    }

    [Fact]
    public void A_GPU_is_the_last_resort()
    {
        var pod = Make.Pod("p", "1", "1Gi");
        var plain = Option("plain", 1, "1", "4Gi", 10, pod);
        var gpu = Option("gpu", 1, "1", "4Gi", 0.01, pod);
        gpu = gpu with { Template = new NodeTemplate(gpu.Template.Node.In(("cloud.google.com/gke-accelerator", "nvidia-l4")), []) };
        Assert.Equal("plain", Names(new PriceExpander(cloud, () => 2).Best([gpu, plain])));
    }

    [Theory]
    [InlineData("10:\n- .*small.*\n20:\n- .*large.*\n", "large-1 large-2", "")]
    [InlineData("10:\n- .*small.*\n5:\n- .*large.*\n", "small-1", "")]
    [InlineData("10:\n- small\n", "small-1", "PriorityConfigMapNotMatchedGroup PriorityConfigMapNotMatchedGroup")]
    [InlineData("10:\n- nothing\n", "small-1 large-1 large-2", "PriorityConfigMapNotMatchedGroup PriorityConfigMapNotMatchedGroup PriorityConfigMapNotMatchedGroup PriorityConfigMapNoGroupMatched")]
    [InlineData("10:\n- '['\n", "", "PriorityConfigMapInvalid")]
    [InlineData("ten:\n- x\n", "", "PriorityConfigMapInvalid")]
    [InlineData("", "", "PriorityConfigMapInvalid")]
    [InlineData(null, "", "")]
    public void Priority_keeps_the_groups_that_the_config_map_ranks_highest(string? priorities, string best, string warnings)
    {
        var lab = new SnapshotLab();
        if (priorities is not null)
        {
            lab.Api.Create(new ConfigMap { Metadata = new() { Name = PriorityExpander.ConfigMapName, Namespace = "kube-system" }, Data = StringMap.Of(("priorities", priorities)) });
        }

        var warned = new List<string>();
        var expander = new PriorityExpander(lab.Api, (_, reason, _) => warned.Add(reason));
        Assert.Equal(best, Names(expander.Best([Option("small-1", 1, 1), Option("large-1", 1, 1), Option("large-2", 1, 1)])));
        Assert.Equal(warnings, string.Join(" ", warned));
    }

    [Fact]
    public void A_chain_narrows_the_choice_and_chance_decides_the_rest()
    {
        ExpansionOption[] options = [Option("a", 2, pods: 3), Option("b", 1, pods: 3), Option("c", 1, pods: 1)];
        Assert.Equal("b", new ExpanderChain([new MostPodsExpander(), new LeastNodesExpander()], new Randomness(1)).Best(options)!.Group.Id);
        Assert.Null(new ExpanderChain([], new Randomness(1)).Best([]));
        var chance = new Randomness(5);
        var chosen = Enumerable.Range(0, 60).Select(_ => new ExpanderChain([new MostPodsExpander()], chance).Best(options)!.Group.Id).ToHashSet();
        Assert.Equal(["a", "b"], chosen.Order());
    }

    private ExpansionOption Option(string id, int nodes, int pods) => Option(id, nodes, "4", "16Gi", [.. Enumerable.Range(0, pods).Select(i => Make.Pod($"p{i}", "1"))]);

    private ExpansionOption Option(string id, int nodes, string cpu, string memory, params Pod[] pods) => Option(id, nodes, cpu, memory, 1, pods);

    private ExpansionOption Option(string id, int nodes, string cpu, string memory, double price, params Pod[] pods)
    {
        var group = cloud.Add(id, 0, 10, 1, Make.Node(id, cpu, memory), price);
        return new ExpansionOption(group, new NodeTemplate(group.TemplateNode(id), []), nodes, pods);
    }

    private static string Names(IEnumerable<ExpansionOption> options) => string.Join(" ", options.Select(o => o.Group.Id));
}
