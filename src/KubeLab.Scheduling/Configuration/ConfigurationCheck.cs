namespace KubeLab.Scheduling.Configuration;

/// <summary>A scheduler's configuration cannot be used; the message names the field, as upstream's validation does.</summary>
public sealed class SchedulerConfigurationException : Exception
{
    /// <summary>Makes one.</summary>
    public SchedulerConfigurationException(string message)
        : base(message)
    {
    }
}

/// <summary>Checks a configuration.</summary>
/// <remarks>Upstream: scheduler/apis/config/validation.</remarks>
internal static class ConfigurationCheck
{
    public static void Check(SchedulerOptions options)
    {
        Require(options.Profiles.Count > 0, "profiles: Required value");
        Percent("percentageOfNodesToScore", options.PercentageOfNodesToScore);
        Require(options.PodInitialBackoff > TimeSpan.Zero, $"podInitialBackoffSeconds: Invalid value: {options.PodInitialBackoff.TotalSeconds}: must be greater than 0");
        Require(
            options.PodMaxBackoff >= options.PodInitialBackoff,
            $"podMaxBackoffSeconds: Invalid value: {options.PodMaxBackoff.TotalSeconds}: must be greater than or equal to PodInitialBackoffSeconds");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Profiles.Count; i++)
        {
            var (profile, path) = (options.Profiles[i], $"profiles[{i}]");
            Require(profile.SchedulerName.Length > 0, $"{path}.schedulerName: Required value");
            Require(names.Add(profile.SchedulerName), $"{path}.schedulerName: Duplicate value: \"{profile.SchedulerName}\"");
            Percent($"{path}.percentageOfNodesToScore", profile.PercentageOfNodesToScore);
            Check(profile, path);
        }
    }

    private static void Check(ProfileOptions profile, string path)
    {
        var strategy = $"{path}.pluginConfig[NodeResourcesFit].args.scoringStrategy";
        Check(profile.Fit.Strategy.Resources, $"{strategy}.resources");
        Check(profile.BalancedResources, $"{path}.pluginConfig[NodeResourcesBalancedAllocation].args.resources");
        if (profile.Fit.Strategy.Type == ScoringStrategyType.RequestedToCapacityRatio)
        {
            Check(profile.Fit.Strategy.Shape, $"{strategy}.requestedToCapacityRatio.shape");
        }

        Between(0, 100, profile.InterPodAffinity.HardPodAffinityWeight, $"{path}.pluginConfig[InterPodAffinity].args.hardPodAffinityWeight");
        Between(0, 100, profile.Preemption.MinCandidateNodesPercentage, $"{path}.pluginConfig[DefaultPreemption].args.minCandidateNodesPercentage");
        Require(
            profile.Preemption.MinCandidateNodesAbsolute > 0 || profile.Preemption.MinCandidateNodesPercentage > 0,
            $"{path}.pluginConfig[DefaultPreemption].args.minCandidateNodesAbsolute: Invalid value: {profile.Preemption.MinCandidateNodesAbsolute}: not in valid range [0, inf)");
        Require(profile.Has("queueSort", "PrioritySort"), $"{path}.plugins.queueSort: no queue sort plugin is enabled");
        Require(profile.Has("bind", "DefaultBinder") || profile.Additional is not null, $"{path}.plugins.bind: at least one bind plugin is needed for profile with scheduler name \"{profile.SchedulerName}\"");
    }

    private static void Check(IReadOnlyList<ResourceWeight> resources, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < resources.Count; i++)
        {
            Require(names.Add(resources[i].Name), $"{path}[{i}]: Duplicate value: \"{resources[i].Name}\"");
            Require(resources[i].Weight is >= 0 and <= 100, $"{path}[{i}].weight: Invalid value: {resources[i].Weight}: resource weight of {resources[i].Name} not in valid range [1, 100]");
        }
    }

    private static void Check(IReadOnlyList<UtilizationPoint> shape, string path)
    {
        Require(shape.Count > 0, $"{path}: Required value: at least one point must be specified");
        for (var i = 0; i < shape.Count; i++)
        {
            Require(shape[i].Utilization is >= 0 and <= 100, $"{path}[{i}].utilization: Invalid value: {shape[i].Utilization}: not in valid range [0, 100]");
            Require(shape[i].Score is >= 0 and <= 10, $"{path}[{i}].score: Invalid value: {shape[i].Score}: not in valid range [0, 10]");
            Require(i == 0 || shape[i].Utilization > shape[i - 1].Utilization, $"{path}[{i}].utilization: Invalid value: {shape[i].Utilization}: utilization values must be sorted in increasing order");
        }
    }

    private static void Percent(string path, int? value) => Between(0, 100, value ?? 0, path);

    private static void Between(int least, int most, int value, string path) => Require(value >= least && value <= most, $"{path}: Invalid value: {value}: not in valid range [{least}-{most}]");

    private static void Require(bool holds, string error)
    {
        if (!holds)
        {
            throw new SchedulerConfigurationException(error);
        }
    }
}
