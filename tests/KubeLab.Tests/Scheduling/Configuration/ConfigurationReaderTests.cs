using KubeLab.Api.Verbs;
using KubeLab.Scheduling;
using KubeLab.Scheduling.Configuration;
using KubeLab.Simulation;

namespace KubeLab.Tests.Scheduling.Configuration;

public sealed class ConfigurationReaderTests
{
    private const string Head = "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n";

    [Fact]
    public void A_configuration_names_profiles_plugins_weights_and_arguments()
    {
        var options = ConfigurationReader.Read(Head + """
            percentageOfNodesToScore: 0
            podMaxBackoffSeconds: 20
            leaderElection: {leaderElect: true}
            profiles:
            - schedulerName: packing
              plugins:
                score:
                  disabled: [{name: PodTopologySpread}]
                  enabled: [{name: InterPodAffinity, weight: 7}]
              pluginConfig:
              - name: NodeResourcesFit
                args:
                  apiVersion: kubescheduler.config.k8s.io/v1
                  kind: NodeResourcesFitArgs
                  scoringStrategy:
                    type: MostAllocated
                    resources: [{name: cpu, weight: 3}, {name: memory, weight: 1}]
              - name: InterPodAffinity
                args: {hardPodAffinityWeight: 50}
            """);
        var profile = Assert.Single(options.Profiles);
        Assert.Equal((0, 20.0, "packing"), (options.PercentageOfNodesToScore, options.PodMaxBackoff.TotalSeconds, profile.SchedulerName));
        Assert.False(profile.Has("score", "PodTopologySpread"));
        Assert.True(profile.Has("filter", "PodTopologySpread"));
        Assert.Equal((7, 3, 50), (profile.WeightOf("InterPodAffinity"), profile.WeightOf("TaintToleration"), profile.InterPodAffinity.HardPodAffinityWeight));
        Assert.Equal(ScoringStrategyType.MostAllocated, profile.Fit.Strategy.Type);
        Assert.Equal([new ResourceWeight("cpu", 3), new ResourceWeight("memory", 1)], profile.Fit.Strategy.Resources);
    }

    [Theory]
    [InlineData("profile: []", "strict decoding error: unknown field \"profile\"")]
    [InlineData("profiles: [{name: x}]", "strict decoding error: unknown field \"profiles[0].name\"")]
    [InlineData("percentageOfNodesToScore: 101", "percentageOfNodesToScore: Invalid value: 101: not in valid range [0-100]")]
    [InlineData("percentageOfNodesToScore: many", "percentageOfNodesToScore: Invalid value: must be an integer")]
    [InlineData("podInitialBackoffSeconds: 0", "podInitialBackoffSeconds: Invalid value: 0: must be greater than 0")]
    [InlineData("profiles: [{schedulerName: a}, {schedulerName: a}]", "profiles[1].schedulerName: Duplicate value: \"a\"")]
    [InlineData("profiles: [{plugins: {score: {enabled: [{name: Nope}]}}}]", "profiles[0].plugins.score.enabled[0].name: Invalid value: \"Nope\": plugin does not exist")]
    [InlineData("profiles: [{plugins: {queueSort: {disabled: [{name: '*'}]}}}]", "profiles[0].plugins.queueSort: no queue sort plugin is enabled")]
    [InlineData(
        "profiles: [{pluginConfig: [{name: NodeResourcesFit, args: {scoringStrategy: {type: Random}}}]}]",
        "profiles[0].pluginConfig[0].args.scoringStrategy.type: Unsupported value: \"Random\": supported values: \"LeastAllocated\", \"MostAllocated\", \"RequestedToCapacityRatio\"")]
    [InlineData(
        "profiles: [{pluginConfig: [{name: NodeResourcesFit, args: {scoringStrategy: {type: RequestedToCapacityRatio}}}]}]",
        "profiles[0].pluginConfig[NodeResourcesFit].args.scoringStrategy.requestedToCapacityRatio.shape: Required value: at least one point must be specified")]
    public void What_is_wrong_is_named_with_its_field(string yaml, string error) =>
        Assert.Equal(error, Assert.Throws<SchedulerConfigurationException>(() => ConfigurationReader.Read(Head + yaml)).Message);

    [Fact]
    public void The_kind_must_be_the_schedulers() =>
        Assert.Equal("kind: Required value", Assert.Throws<SchedulerConfigurationException>(() => ConfigurationReader.Read("apiVersion: kubescheduler.config.k8s.io/v1")).Message);

    [Fact]
    public void Each_pod_gets_the_scheduler_it_asks_for()
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var lab = new ServerAndScheduler(clock, 1, ConfigurationReader.Read(Head + """
            profiles:
            - schedulerName: default-scheduler
            - schedulerName: packing
              pluginConfig:
              - name: NodeResourcesFit
                args: {scoringStrategy: {type: MostAllocated, resources: [{name: cpu, weight: 10}]}}
            """));
        lab.Api.Create(Make.Node("empty"));
        lab.Api.Create(Make.Node("used"));
        lab.Api.Create(Make.Pod("there", "2").On("used"));
        clock.RunFor(TimeSpan.FromSeconds(1));
        lab.Api.Create(Make.Pod("spread", "1"));
        var pod = Make.Pod("packed", "1", "4Gi");
        lab.Api.Create(pod with { Spec = pod.Spec with { SchedulerName = "packing" } });
        pod = Make.Pod("lost", "1");
        lab.Api.Create(pod with { Spec = pod.Spec with { SchedulerName = "nobody" } });
        clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(("empty", "used", null), (lab.NodeOf("spread"), lab.NodeOf("packed"), lab.NodeOf("lost")));
    }

    [Theory]
    [InlineData(50, 0, 50)]
    [InlineData(1000, 0, 420)]
    [InlineData(5000, 0, 500)]
    [InlineData(6000, 0, 300)]
    [InlineData(1000, 40, 400)]
    [InlineData(150, 10, 100)]
    [InlineData(5000, 100, 5000)]
    public void How_many_nodes_are_enough_falls_with_the_size_of_the_cluster(int nodes, int percentage, int enough) =>
        Assert.Equal(enough, NodeSample.Enough(nodes, percentage));
}
