using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Plugins;
using KubeLab.Scheduling.Preemption;

namespace KubeLab.Scheduling.Framework;

/// <summary>A scheduler's name and its plugins, each list in the order in which it is asked.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/scheduling/config/">Scheduler configuration</seealso>
public sealed record Profile
{
    /// <summary>The name that pods ask for in <c>spec.schedulerName</c>.</summary>
    public string SchedulerName { get; init; } = "default-scheduler";

    /// <summary>Of how many nodes the fitting ones are enough, in percent; 100 looks at all, 0 is upstream's share for the size of the cluster.</summary>
    public int PercentageOfNodesToScore { get; init; } = 100;

    /// <summary>Orders the queue.</summary>
    public required IQueueSortPlugin QueueSort { get; init; }

    /// <summary>Keep pods out of the queue.</summary>
    public IReadOnlyList<IPreEnqueuePlugin> PreEnqueue { get; init; } = [];

    /// <summary>Look at a pod before its nodes.</summary>
    public IReadOnlyList<IPreFilterPlugin> PreFilter { get; init; } = [];

    /// <summary>Refuse nodes.</summary>
    public IReadOnlyList<IFilterPlugin> Filter { get; init; } = [];

    /// <summary>Make room.</summary>
    public IReadOnlyList<IPostFilterPlugin> PostFilter { get; init; } = [];

    /// <summary>Rank nodes, with their weights.</summary>
    public IReadOnlyList<(IScorePlugin Plugin, int Weight)> Score { get; init; } = [];

    /// <summary>Are told before and after.</summary>
    public IReadOnlyList<IReservePlugin> Reserve { get; init; } = [];

    /// <summary>Have the last word.</summary>
    public IReadOnlyList<IPermitPlugin> Permit { get; init; } = [];

    /// <summary>Prepare the binding.</summary>
    public IReadOnlyList<IPreBindPlugin> PreBind { get; init; } = [];

    /// <summary>Bind.</summary>
    public IReadOnlyList<IBindPlugin> Bind { get; init; } = [];

    /// <summary>Are told after the binding.</summary>
    public IReadOnlyList<IPostBindPlugin> PostBind { get; init; } = [];

    /// <summary>Upstream's default plugins and weights, as <paramref name="options"/> change them.</summary>
    public static Profile Of(PluginContext context, ProfileOptions? options = null)
    {
        options ??= new ProfileOptions();
        IPlugin[] all =
        [
            new SchedulingGates(),
            new PrioritySort(),
            new NodeUnschedulable(),
            new NodeName(),
            new TaintToleration(),
            new NodeAffinity(options.AddedAffinity),
            new NodePorts(),
            new NodeResourcesFit(options.Fit),
            new VolumeRestrictions(context),
            new NodeVolumeLimits(context),
            new VolumeBinding(context, options.BindTimeout),
            new VolumeZone(context),
            new PodTopologySpread(context, options.Spread),
            new InterPodAffinity(context, options.InterPodAffinity),
            new DefaultPreemption(context, options.Preemption),
            new NodeResourcesBalancedAllocation(options.BalancedResources),
            new ImageLocality(context),
            new DefaultBinder(context.Api),
            .. options.Additional?.Invoke(context) ?? [],
        ];
        return Of(all, options);
    }

    private static Profile Of(IPlugin[] all, ProfileOptions options)
    {
        return new Profile
        {
            SchedulerName = options.SchedulerName,
            PercentageOfNodesToScore = options.PercentageOfNodesToScore ?? 100,
            QueueSort = At<IQueueSortPlugin>("queueSort").Single(),
            PreEnqueue = At<IPreEnqueuePlugin>("preEnqueue"),
            PreFilter = At<IPreFilterPlugin>("preFilter"),
            Filter = At<IFilterPlugin>("filter"),
            PostFilter = At<IPostFilterPlugin>("postFilter"),
            Score = [.. At<IScorePlugin>("score").Select(p => (p, options.WeightOf(p.Name)))],
            Reserve = At<IReservePlugin>("reserve"),
            Permit = At<IPermitPlugin>("permit"),
            PreBind = At<IPreBindPlugin>("preBind"),
            Bind = At<IBindPlugin>("bind"),
            PostBind = At<IPostBindPlugin>("postBind"),
        };

        T[] At<T>(string point)
            where T : IPlugin => [.. all.OfType<T>().Where(p => options.Has(point, p.Name))];
    }
}
