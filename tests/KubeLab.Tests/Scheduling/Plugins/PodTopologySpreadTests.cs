using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Plugins;

namespace KubeLab.Tests.Scheduling.Plugins;

public sealed class PodTopologySpreadTests
{
    private const string Missing = "!node(s) didn't match pod topology spread constraints (missing required label)";
    private const string TooMany = "node(s) didn't match pod topology spread constraints";
    private static readonly LabelSelector Foo = new() { MatchLabels = StringMap.Of(("foo", "")) };

    [Fact]
    public void A_node_whose_domain_would_hold_too_many_is_refused()
    {
        var scene = TwoZones("a1", "a1", "b1");
        Assert.Equal($"a1:{TooMany}, a2:{TooMany}, b1:, b2:", scene.Filtered(Plugin(scene), Spread("zone", 1)));
    }

    [Fact]
    public void The_pod_counts_itself_only_when_its_own_selector_means_it()
    {
        var scene = TwoZones("a1", "a1", "b1");
        var stranger = Spread("zone", 1) with { Metadata = Make.Labelled("p", ("bar", "")).Metadata };
        Assert.Equal("a1 a2 b1 b2", scene.Fitting(Plugin(scene), stranger));
    }

    [Fact]
    public void A_node_without_the_label_is_refused_for_good_and_does_not_count()
    {
        var scene = TwoZones("a1");
        scene.Put(Make.Node("lost").In(("node", "lost")));
        Assert.Equal($"a1:{TooMany}, a2:{TooMany}, b1:, b2:, lost:{Missing}", scene.Filtered(Plugin(scene), Spread("zone", 1)));
    }

    [Fact]
    public void Several_rules_must_all_hold_and_nodes_without_any_of_their_labels_do_not_count()
    {
        var scene = TwoZones("a1", "b1", "b2");
        var pod = Spread("zone", 1);
        pod = pod with { Spec = pod.Spec with { TopologySpreadConstraints = [.. pod.Spec.TopologySpreadConstraints, Rule("node", 1)] } };
        Assert.Equal("a2", scene.Fitting(Plugin(scene), pod));
    }

    [Fact]
    public void Terminating_pods_and_those_of_other_namespaces_do_not_count()
    {
        var scene = TwoZones("b1");
        var leaving = Make.Labelled("leaving", ("foo", "")).On("a1");
        scene.Put(leaving with { Metadata = leaving.Metadata with { DeletionTimestamp = new Timestamp(DateTimeOffset.UnixEpoch) } });
        var elsewhere = Make.Labelled("elsewhere", ("foo", "")).On("a1");
        scene.Put(elsewhere with { Metadata = elsewhere.Metadata with { Namespace = "other" } });
        Assert.Equal("a1 a2", scene.Fitting(Plugin(scene), Spread("zone", 1)));
    }

    [Fact]
    public void A_pod_that_begins_to_terminate_no_longer_counts()
    {
        var scene = TwoZones("a1", "b1");
        Assert.Equal("a1 a2 b1 b2", scene.Fitting(Plugin(scene), Spread("zone", 1)));
        var leaving = Make.Labelled("p1", ("foo", "")).On("b1");
        scene.Put(leaving with { Metadata = leaving.Metadata with { DeletionTimestamp = new Timestamp(DateTimeOffset.UnixEpoch) } });
        Assert.Equal("b1 b2", scene.Fitting(Plugin(scene), Spread("zone", 1)));
    }

    [Theory]
    [InlineData(null, "a1 a2 b1 b2")]
    [InlineData(2, "a1 a2 b1 b2")]
    [InlineData(3, "")]
    public void Fewer_domains_than_wanted_count_as_empty_ones(int? minDomains, string fitting)
    {
        var scene = TwoZones("a1", "b1");
        var pod = Spread("zone", 1);
        pod = pod with { Spec = pod.Spec with { TopologySpreadConstraints = [Rule("zone", 1) with { MinDomains = minDomains }] } };
        Assert.Equal(fitting, scene.Fitting(Plugin(scene), pod));
    }

    [Theory]
    [InlineData(null, "a1 a2")]
    [InlineData("Honor", "a1 a2")]
    [InlineData("Ignore", "")]
    public void Nodes_that_the_pod_cannot_use_count_only_when_its_affinity_is_ignored(string? policy, string fitting)
    {
        // Only zone a is allowed; zone b is empty, so that counting it leaves no room in a.
        var scene = TwoZones("a1");
        var pod = Spread("zone", 1);
        pod = pod with { Spec = pod.Spec with { NodeSelector = StringMap.Of(("zone", "a")), TopologySpreadConstraints = [Rule("zone", 1) with { NodeAffinityPolicy = policy }] } };
        var fits = scene.Fitting(Plugin(scene), pod).Split(' ').Where(n => n.StartsWith('a'));
        Assert.Equal(fitting, string.Join(' ', fits));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("Ignore", false)]
    [InlineData("Honor", true)]
    public void Tainted_nodes_count_unless_taints_are_honoured(string? policy, bool fitsInA)
    {
        var scene = new Scene(
            Make.Node("a1").In(("zone", "a")),
            Make.Node("b1").In(("zone", "b")) with { Spec = new() { Taints = [new() { Key = "t", Effect = "NoSchedule" }] } },
            Make.Labelled("p1", ("foo", "")).On("a1"));
        var pod = Spread("zone", 1);
        pod = pod with { Spec = pod.Spec with { TopologySpreadConstraints = [Rule("zone", 1) with { NodeTaintsPolicy = policy }] } };
        Assert.Equal(fitsInA, scene.Fitting(Plugin(scene), pod).Contains("a1", StringComparison.Ordinal));
    }

    [Fact]
    public void MatchLabelKeys_narrow_the_selector_to_the_pods_own_values()
    {
        var scene = TwoZones();
        scene.Put(Make.Labelled("old", ("foo", ""), ("rev", "1")).On("a1"));
        var pod = Spread("zone", 1) with { Metadata = Make.Labelled("p", ("foo", ""), ("rev", "2")).Metadata };
        Assert.Equal("b1 b2", scene.Fitting(Plugin(scene), pod));
        pod = pod with { Spec = pod.Spec with { TopologySpreadConstraints = [Rule("zone", 1) with { MatchLabelKeys = ["rev"] }] } };
        Assert.Equal("a1 a2 b1 b2", scene.Fitting(Plugin(scene), pod));
    }

    [Fact]
    public void A_rule_without_a_selector_counts_nobody()
    {
        var scene = TwoZones("a1", "a1", "a2");
        var pod = Spread("zone", 1);
        pod = pod with { Spec = pod.Spec with { TopologySpreadConstraints = [Rule("zone", 1) with { LabelSelector = null }] } };
        Assert.Equal("a1 a2 b1 b2", scene.Fitting(Plugin(scene), pod));
    }

    // Raw scores: count times ln(nodes + 2) + maxSkew - 1, rounded; then 100 * (max + min - raw) / max, truncated.
    [Theory]
    [InlineData("a1 a1 b1", 1, "40 80 80 100")]
    [InlineData("", 1, "100 100 100 100")]
    [InlineData("a1 a2 b1 b2", 1, "100 100 100 100")]
    public void Emptier_nodes_score_higher_in_logarithmic_weights(string pods, int skew, string scores)
    {
        var scene = TwoZones(pods.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var pod = Soft("kubernetes.io/hostname", skew);
        var expected = pods == "a1 a1 b1" ? Expected([2, 0, 1, 0], 4, skew) : scores;
        Assert.Equal(expected, scene.Scored(Plugin(scene), pod));
    }

    [Fact]
    public void Nodes_without_the_label_of_a_soft_rule_score_nothing()
    {
        var scene = TwoZones("a1");
        scene.Put(Make.Node("lost"));
        Assert.Equal($"{Expected([1, 1, 0, 0], 2, 1)} 0", scene.Scored(Plugin(scene), Soft("zone", 1)));
    }

    [Fact]
    public void Pods_of_a_service_are_spread_softly_by_default()
    {
        var scene = TwoZones("a1", "a1", "b1");
        var plugin = Plugin(scene);
        Assert.Equal("", scene.Scored(plugin, Make.Labelled("p", ("foo", ""))));
        scene.Put(new Service { Metadata = new() { Name = "s", Namespace = "default" }, Spec = new() { Selector = StringMap.Of(("foo", "")) } });
        var scores = scene.Scored(plugin, Make.Labelled("p", ("foo", ""))).Split(' ').Select(int.Parse).ToList();
        Assert.True(scores[0] < scores[1] && scores[1] <= scores[2] && scores[2] < scores[3], string.Join(" ", scores));
    }

    [Fact]
    public void Pods_of_a_replica_set_are_spread_by_its_selector()
    {
        var scene = TwoZones("a1");
        scene.Put(new ReplicaSet { Metadata = new() { Name = "web-1", Namespace = "default", Uid = "u" }, Spec = new() { Selector = Foo } });
        var pod = Make.Labelled("p", ("foo", ""));
        pod = pod with { Metadata = pod.Metadata with { OwnerReferences = [new() { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = "web-1", Uid = "u", Controller = true }] } };
        var scores = scene.Scored(Plugin(scene), pod).Split(' ').Select(int.Parse).ToList();
        Assert.True(scores[0] < scores[1] && scores[1] < scores[2], string.Join(" ", scores));
    }

    [Fact]
    public void Default_rules_of_the_configuration_can_refuse_nodes_too()
    {
        var scene = TwoZones("a1", "a1", "b1");
        scene.Put(new Service { Metadata = new() { Name = "s", Namespace = "default" }, Spec = new() { Selector = StringMap.Of(("foo", "")) } });
        var plugin = new PodTopologySpread(scene.Context, new SpreadOptions { DefaultConstraints = [new() { TopologyKey = "zone", MaxSkew = 1, WhenUnsatisfiable = "DoNotSchedule" }] });
        Assert.Equal("b1 b2", scene.Fitting(plugin, Make.Labelled("p", ("foo", ""))));
    }

    /// <summary>What upstream's formula gives for so many matching pods in each node's domain.</summary>
    private static string Expected(int[] counts, int domains, int skew)
    {
        var raw = counts.Select(c => (long)Math.Round((c * Math.Log(domains + 2)) + skew - 1, MidpointRounding.AwayFromZero)).ToList();
        return string.Join(" ", raw.Select(r => 100 * (raw.Max() + raw.Min() - r) / raw.Max()));
    }

    private static PodTopologySpread Plugin(Scene scene) => new(scene.Context);

    /// <summary>Nodes a1 and a2 in zone a, b1 and b2 in zone b, and a pod foo on each node named.</summary>
    private static Scene TwoZones(params string[] pods)
    {
        var scene = new Scene([.. new[] { "a1", "a2", "b1", "b2" }.Select(n => Make.Node(n).In(
            ("zone", n[..1]), ("topology.kubernetes.io/zone", n[..1]), ("node", n), ("kubernetes.io/hostname", n)))]);
        for (var i = 0; i < pods.Length; i++)
        {
            scene.Put(Make.Labelled($"p{i}", ("foo", "")).On(pods[i]));
        }

        return scene;
    }

    private static TopologySpreadConstraint Rule(string key, int skew) =>
        new() { TopologyKey = key, MaxSkew = skew, WhenUnsatisfiable = "DoNotSchedule", LabelSelector = Foo };

    private static Pod Spread(string key, int skew)
    {
        var pod = Make.Labelled("p", ("foo", ""));
        return pod with { Spec = pod.Spec with { TopologySpreadConstraints = [Rule(key, skew)] } };
    }

    private static Pod Soft(string key, int skew)
    {
        var pod = Spread(key, skew);
        return pod with { Spec = pod.Spec with { TopologySpreadConstraints = [Rule(key, skew) with { WhenUnsatisfiable = "ScheduleAnyway" }] } };
    }
}
