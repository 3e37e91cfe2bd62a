using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Configuration;

/// <summary>How one scheduler of a configuration differs from upstream's default scheduler.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/scheduling/config/#profiles">Profiles</seealso>
public sealed record ProfileOptions
{
    private static readonly Dictionary<string, int> DefaultWeights = new(StringComparer.Ordinal)
    {
        ["TaintToleration"] = 3,
        ["NodeAffinity"] = 2,
        ["PodTopologySpread"] = 2,
        ["InterPodAffinity"] = 2,
    };

    /// <summary>The name that pods ask for.</summary>
    public string SchedulerName { get; init; } = "default-scheduler";

    /// <summary>Of how many nodes the fitting ones are enough, in percent; null for all, 0 for upstream's share.</summary>
    public int? PercentageOfNodesToScore { get; init; }

    /// <summary>Plugins that are left out, by extension point (<c>filter</c>, <c>score</c>, …, or <c>multiPoint</c> for all); <c>*</c> means all plugins.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Disabled { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Plugins that are in although they were left out, by extension point.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Enabled { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Weights of scores that differ from upstream's.</summary>
    public IReadOnlyDictionary<string, int> Weights { get; init; } = new Dictionary<string, int>();

    /// <summary>The arguments of NodeResourcesFit.</summary>
    public FitOptions Fit { get; init; } = FitOptions.Default;

    /// <summary>The resources that NodeResourcesBalancedAllocation balances.</summary>
    public IReadOnlyList<ResourceWeight> BalancedResources { get; init; } = ScoringStrategy.CpuAndMemory;

    /// <summary>The arguments of PodTopologySpread.</summary>
    public SpreadOptions Spread { get; init; } = SpreadOptions.Default;

    /// <summary>The arguments of InterPodAffinity.</summary>
    public InterPodAffinityOptions InterPodAffinity { get; init; } = InterPodAffinityOptions.Default;

    /// <summary>The arguments of DefaultPreemption.</summary>
    public PreemptionOptions Preemption { get; init; } = PreemptionOptions.Default;

    /// <summary>What NodeAffinity demands and wishes for all pods.</summary>
    public Api.Core.NodeAffinity? AddedAffinity { get; init; }

    /// <summary>How long the binding of volumes may take.</summary>
    public TimeSpan BindTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Makes plugins of your own, asked after the others.</summary>
    public Func<PluginContext, IEnumerable<IPlugin>>? Additional { get; init; }

    /// <summary>The weight of a score.</summary>
    public int WeightOf(string plugin) => Weights.TryGetValue(plugin, out var weight) ? weight : DefaultWeights.GetValueOrDefault(plugin, 1);

    /// <summary>Whether a plugin is asked at an extension point.</summary>
    public bool Has(string point, string plugin)
    {
        // What is said of one point wins over what is said of all.
        if (Lists(Enabled, point, plugin))
        {
            return true;
        }

        return !Lists(Disabled, point, plugin) && (Lists(Enabled, "multiPoint", plugin) || !Lists(Disabled, "multiPoint", plugin));
    }

    private static bool Lists(IReadOnlyDictionary<string, IReadOnlyList<string>> lists, string point, string plugin) =>
        lists.TryGetValue(point, out var names) && (names.Contains(plugin) || names.Contains("*"));
}
