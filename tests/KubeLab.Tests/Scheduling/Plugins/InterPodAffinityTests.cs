using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Plugins;

namespace KubeLab.Tests.Scheduling.Plugins;

public sealed class InterPodAffinityTests
{
    private const string NotNear = "!node(s) didn't match pod affinity rules";
    private const string TooNear = "node(s) didn't match pod anti-affinity rules";
    private const string Refused = "node(s) didn't satisfy existing pods anti-affinity rules";

    [Fact]
    public void A_pod_goes_where_the_neighbours_it_demands_are()
    {
        var scene = Zones(Make.Labelled("db", ("app", "db")).On("a1"));
        Assert.Equal($"a1:, a2:, b1:{NotNear}", scene.Filtered(Plugin(scene), Wants("web", Term("db", "zone"))));
        Assert.Equal($"a1:, a2:{NotNear}, b1:{NotNear}", scene.Filtered(Plugin(scene), Wants("web", Term("db", "host"))));
    }

    [Fact]
    public void All_demands_must_be_met_by_the_same_pods()
    {
        var scene = Zones(Make.Labelled("db", ("app", "db")).On("a1"), Make.Labelled("cache", ("app", "cache")).On("a1"));
        Assert.Equal("", scene.Fitting(Plugin(scene), Wants("web", Term("db", "zone"), Term("cache", "zone"))));
        scene.Put(Make.Labelled("both", ("app", "db"), ("also", "cache")).On("b1"));
        Assert.Equal("b1", scene.Fitting(Plugin(scene), Wants("web", Term("db", "zone"), new() { TopologyKey = "zone", LabelSelector = Label("also", "cache") })));
    }

    [Fact]
    public void The_first_pod_of_a_group_that_wants_its_own_kind_may_start_anywhere_with_the_label()
    {
        var scene = Zones();
        scene.Put(Make.Node("lost"));
        Assert.Equal("a1 a2 b1", scene.Fitting(Plugin(scene), Wants("web", Term("web", "zone"))));
        Assert.Equal("", scene.Fitting(Plugin(scene), Wants("web", Term("db", "zone"))));
        scene.Put(Make.Labelled("first", ("app", "web")).On("b1"));
        Assert.Equal("b1", scene.Fitting(Plugin(scene), Wants("web", Term("web", "zone"))));
    }

    [Fact]
    public void A_pod_stays_away_from_those_it_refuses()
    {
        var scene = Zones(Make.Labelled("db", ("app", "db")).On("a1"));
        Assert.Equal($"a1:{TooNear}, a2:{TooNear}, b1:", scene.Filtered(Plugin(scene), Refuses("web", Term("db", "zone"))));
    }

    [Fact]
    public void A_pod_that_is_there_keeps_away_those_it_refuses_although_they_say_nothing()
    {
        var scene = Zones(Refuses("loner", Term("web", "zone")).On("a1"));
        Assert.Equal($"a1:{Refused}, a2:{Refused}, b1:", scene.Filtered(Plugin(scene), Make.Labelled("web", ("app", "web"))));
        Assert.Equal("a1 a2 b1", scene.Fitting(Plugin(scene), Make.Labelled("other", ("app", "other"))));
    }

    [Fact]
    public void Terms_mean_the_pods_own_namespace_unless_they_name_others()
    {
        var scene = Zones(In("db", "prod", Make.Labelled("db", ("app", "db"))).On("a1"));
        scene.Put(new Namespace { Metadata = new() { Name = "prod", Labels = StringMap.Of(("team", "x")) } });
        var plugin = Plugin(scene);
        Assert.Equal("", scene.Fitting(plugin, Wants("web", Term("db", "zone"))));
        Assert.Equal("a1 a2", scene.Fitting(plugin, Wants("web", Term("db", "zone") with { Namespaces = ["prod"] })));
        Assert.Equal("a1 a2", scene.Fitting(plugin, Wants("web", Term("db", "zone") with { NamespaceSelector = Label("team", "x") })));
        Assert.Equal("a1 a2", scene.Fitting(plugin, Wants("web", Term("db", "zone") with { NamespaceSelector = new() })));
        Assert.Equal("a1 a2", scene.Fitting(plugin, Wants("web", Term("db", "zone") with { Namespaces = ["prod"], NamespaceSelector = Label("team", "y") })));
        Assert.Equal("", scene.Fitting(plugin, Wants("web", Term("db", "zone") with { NamespaceSelector = Label("team", "y") })));
    }

    [Fact]
    public void A_selector_of_namespaces_also_counts_for_pods_that_are_there()
    {
        var loner = Refuses("loner", Term("web", "zone") with { NamespaceSelector = Label("team", "x") });
        var scene = Zones(In("loner", "prod", loner).On("a1"));
        scene.Put(new Namespace { Metadata = new() { Name = "default", Labels = StringMap.Of(("team", "x")) } });
        Assert.Equal("b1", scene.Fitting(Plugin(scene), Make.Labelled("web", ("app", "web"))));
    }

    [Fact]
    public void Wishes_of_the_newcomer_pull_and_push()
    {
        var scene = Zones(Make.Labelled("db", ("app", "db")).On("a1"), Make.Labelled("noisy", ("app", "noisy")).On("b1"));
        Assert.Equal("100 100 0", scene.Scored(Plugin(scene), Wishes(50, "db", null)));
        Assert.Equal("100 100 0", scene.Scored(Plugin(scene), Wishes(50, null, "noisy")));
        Assert.Equal("100 100 0", scene.Scored(Plugin(scene), Wishes(50, "db", "noisy")));
    }

    [Fact]
    public void Wishes_and_demands_of_pods_that_are_there_count_for_the_newcomer()
    {
        var scene = Zones(Wants("fan", Term("web", "zone")).On("b1"));
        Assert.Equal("0 0 100", scene.Scored(Plugin(scene), Make.Labelled("web", ("app", "web"))));
        Assert.Equal("", scene.Scored(new InterPodAffinity(scene.Context, new() { HardPodAffinityWeight = 0 }), Make.Labelled("web", ("app", "web"))));

        scene = Zones(Wishes(10, "web", null).On("a1"));
        Assert.Equal("100 100 0", scene.Scored(Plugin(scene), Make.Labelled("web", ("app", "web"))));
        var ignoring = new InterPodAffinity(scene.Context, new InterPodAffinityOptions { IgnorePreferredTermsOfExistingPods = true });
        Assert.Equal("", scene.Scored(ignoring, Make.Labelled("web", ("app", "web"))));
    }

    [Fact]
    public void Scores_lie_between_the_lowest_and_the_highest_truncated()
    {
        var scene = Zones(
            Make.Labelled("d1", ("app", "db")).On("a1"), Make.Labelled("d2", ("app", "db")).On("a1"), Make.Labelled("d3", ("app", "db")).On("a1"),
            Make.Labelled("d4", ("app", "db")).On("a2"));
        Assert.Equal("100 33 0", scene.Scored(Plugin(scene), Wishes(5, "db", null, "host")));
    }

    private static InterPodAffinity Plugin(Scene scene) => new(scene.Context);

    private static Scene Zones(params Pod[] pods) => new(
    [
        Make.Node("a1").In(("zone", "a"), ("host", "a1")), Make.Node("a2").In(("zone", "a"), ("host", "a2")), Make.Node("b1").In(("zone", "b"), ("host", "b1")), .. pods,
    ]);

    private static Pod In(string name, string ns, Pod pod) => pod with { Metadata = pod.Metadata with { Name = name, Namespace = ns } };

    private static LabelSelector Label(string key, string value) => new() { MatchLabels = StringMap.Of((key, value)) };

    private static PodAffinityTerm Term(string app, string key) => new() { TopologyKey = key, LabelSelector = Label("app", app) };

    private static Pod With(string app, Affinity affinity)
    {
        var pod = Make.Labelled(app, ("app", app));
        return pod with { Spec = pod.Spec with { Affinity = affinity } };
    }

    private static Pod Wants(string app, params PodAffinityTerm[] terms) =>
        With(app, new() { PodAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = terms.ToValueList() } });

    private static Pod Refuses(string app, params PodAffinityTerm[] terms) =>
        With(app, new() { PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = terms.ToValueList() } });

    private static Pod Wishes(int weight, string? likes, string? dislikes, string key = "zone") => With("wisher", new()
    {
        PodAffinity = likes is null ? null : new() { PreferredDuringSchedulingIgnoredDuringExecution = [new() { Weight = weight, PodAffinityTerm = Term(likes, key) }] },
        PodAntiAffinity = dislikes is null ? null : new() { PreferredDuringSchedulingIgnoredDuringExecution = [new() { Weight = weight, PodAffinityTerm = Term(dislikes, key) }] },
    });
}
