using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Plugins;
using Affinity = KubeLab.Api.Core.NodeAffinity;

namespace KubeLab.Tests.Scheduling.Plugins;

public sealed class NodeFilterTests
{
    private const string Mismatch = "!node(s) didn't match Pod's node affinity/selector";

    [Fact]
    public void The_node_selector_and_one_of_the_affinity_terms_must_hold()
    {
        var scene = Disks();
        var plugin = new KubeLab.Scheduling.Plugins.NodeAffinity();
        Assert.Equal($"ssd:, hdd:{Mismatch}, none:{Mismatch}", scene.Filtered(plugin, Selecting("disk", "ssd")));
        Assert.Equal("ssd hdd", scene.Fitting(plugin, Requiring(Term("disk", "In", "ssd"), Term("disk", "In", "hdd"))));
        Assert.Equal("hdd none", scene.Fitting(plugin, Requiring(Term("disk", "NotIn", "ssd"))));
        Assert.Equal("none", scene.Fitting(plugin, Requiring(Term("disk", "DoesNotExist"))));
        Assert.Equal("ssd", scene.Fitting(plugin, Requiring(Term("size", "Gt", "5"))));
        Assert.Equal("", scene.Fitting(plugin, Requiring(NodeSelectorTerm.Empty)));
    }

    [Fact]
    public void Terms_that_name_nodes_leave_only_those_and_contradicting_ones_none()
    {
        var scene = Disks();
        var plugin = new KubeLab.Scheduling.Plugins.NodeAffinity();
        var info = scene.Cache.InfoOf(Requiring(Field("ssd"), Field("hdd")));
        Assert.Equal(["hdd", "ssd"], plugin.PreFilter(new(), info, scene.Cache.Nodes).Nodes!.Order());
        var conflict = new NodeSelectorTerm { MatchFields = [.. Field("ssd").MatchFields, .. Field("hdd").MatchFields] };
        Assert.Equal("pod: pod affinity terms conflict", scene.Filtered(plugin, Requiring(conflict)));
    }

    [Fact]
    public void Wishes_add_up_and_the_best_node_scores_100()
    {
        var scene = Disks();
        var pod = With(new Affinity
        {
            PreferredDuringSchedulingIgnoredDuringExecution =
            [
                new() { Weight = 30, Preference = Term("disk", "In", "ssd") }, new() { Weight = 20, Preference = Term("disk", "Exists") },
            ],
        });
        Assert.Equal("100 40 0", scene.Scored(new KubeLab.Scheduling.Plugins.NodeAffinity(), pod));
    }

    [Fact]
    public void The_configuration_can_demand_labels_for_all_pods()
    {
        var scene = Disks();
        var plugin = new KubeLab.Scheduling.Plugins.NodeAffinity(new Affinity { RequiredDuringSchedulingIgnoredDuringExecution = new() { NodeSelectorTerms = [Term("disk", "In", "ssd")] } });
        Assert.Equal("ssd:, hdd:!node(s) didn't match scheduler-enforced node affinity, none:!node(s) didn't match scheduler-enforced node affinity", scene.Filtered(plugin, Make.Pod("p")));
    }

    [Theory]
    [InlineData("TCP", null, "TCP", null, true)]
    [InlineData("TCP", "127.0.0.1", "TCP", "127.0.0.2", false)]
    [InlineData("TCP", "127.0.0.1", "TCP", "0.0.0.0", true)]
    [InlineData("TCP", "", "TCP", "127.0.0.1", true)]
    [InlineData("UDP", "127.0.0.1", "TCP", "127.0.0.1", false)]
    public void Ports_collide_by_number_protocol_and_address_where_the_wildcard_is_every_address(string p1, string? ip1, string p2, string? ip2, bool collide)
    {
        var scene = new Scene(Make.Node("n"), Porting("there", p1, ip1).On("n"));
        Assert.Equal(collide ? "n:node(s) didn't have free ports for the requested pod ports" : "n:", scene.Filtered(new NodePorts(), Porting("p", p2, ip2)));
    }

    [Fact]
    public void A_change_of_a_node_wakes_only_pods_that_it_could_help()
    {
        var (small, large) = (Make.Node("n", "1"), Make.Node("n", "2"));
        var fit = new NodeResourcesFit();
        Assert.True(fit.MayHelp(Make.Pod("p", "1500m"), new(ClusterChange.NodeAllocatable, small, large)));
        Assert.False(fit.MayHelp(Make.Pod("p", "2500m"), new(ClusterChange.NodeAllocatable, small, large)));
        Assert.False(fit.MayHelp(Make.Pod("p", "500m"), new(ClusterChange.NodeAllocatable, large, small)));
        Assert.True(fit.MayHelp(Make.Pod("p", "1500m"), new(ClusterChange.NodeAdded, null, large)));

        var affinity = new KubeLab.Scheduling.Plugins.NodeAffinity();
        var (plain, ssd) = (Make.Node("n"), Make.Node("n").In(("disk", "ssd")));
        Assert.True(affinity.MayHelp(Selecting("disk", "ssd"), new(ClusterChange.NodeLabels, plain, ssd)));
        Assert.False(affinity.MayHelp(Selecting("disk", "ssd"), new(ClusterChange.NodeLabels, ssd, plain)));
        Assert.False(affinity.MayHelp(Selecting("disk", "hdd"), new(ClusterChange.NodeAdded, null, ssd)));

        var tainted = plain with { Spec = new() { Taints = [new() { Key = "t", Effect = "NoSchedule" }] } };
        Assert.True(new TaintToleration().MayHelp(Make.Pod("p"), new(ClusterChange.NodeTaints, tainted, plain)));
        Assert.False(new TaintToleration().MayHelp(Make.Pod("p"), new(ClusterChange.NodeTaints, plain, tainted)));
    }

    private static Scene Disks() => new(
        Make.Node("ssd").In(("disk", "ssd"), ("size", "9")), Make.Node("hdd").In(("disk", "hdd"), ("size", "3")), Make.Node("none"));

    private static Pod Selecting(string key, string value)
    {
        var pod = Make.Pod("p");
        return pod with { Spec = pod.Spec with { NodeSelector = StringMap.Of((key, value)) } };
    }

    private static Pod With(Affinity affinity)
    {
        var pod = Make.Pod("p");
        return pod with { Spec = pod.Spec with { Affinity = new() { NodeAffinity = affinity } } };
    }

    private static Pod Requiring(params NodeSelectorTerm[] terms) => With(new() { RequiredDuringSchedulingIgnoredDuringExecution = new() { NodeSelectorTerms = terms.ToValueList() } });

    private static NodeSelectorTerm Term(string key, string op, params string[] values) => new() { MatchExpressions = [new() { Key = key, Operator = op, Values = values.ToValueList() }] };

    private static NodeSelectorTerm Field(string name) => new() { MatchFields = [new() { Key = "metadata.name", Operator = "In", Values = [name] }] };

    private static Pod Porting(string name, string protocol, string? ip)
    {
        var pod = Make.Pod(name);
        return pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Ports = [new() { Port = 80, HostPort = 8080, Protocol = protocol, HostIP = ip }] }] } };
    }
}
