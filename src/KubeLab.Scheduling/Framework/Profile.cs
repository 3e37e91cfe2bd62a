using KubeLab.Api.Verbs;
using KubeLab.Client.Recording;
using KubeLab.Scheduling.Plugins;
using KubeLab.Scheduling.Preemption;

namespace KubeLab.Scheduling.Framework;

/// <summary>A scheduler's name and its plugins, each list in the order in which it is asked.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/scheduling/config/">Scheduler configuration</seealso>
public sealed record Profile
{
    /// <summary>The name that pods ask for in <c>spec.schedulerName</c>.</summary>
    public string SchedulerName { get; init; } = "default-scheduler";

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

    /// <summary>Upstream's default plugins and weights, as far as they are built.</summary>
    public static Profile Default(IKubernetesApi api, EventRecorder events)
    {
        var taints = new TaintToleration();
        var affinity = new NodeAffinity();
        var fit = new NodeResourcesFit();
        IFilterPlugin[] filters = [new NodeUnschedulable(), new NodeName(), taints, affinity, new NodePorts(), fit];
        return new Profile
        {
            QueueSort = new PrioritySort(),
            PreEnqueue = [new SchedulingGates()],
            Filter = filters,
            PostFilter = [new DefaultPreemption(api, events, filters)],
            Score = [(taints, 3), (affinity, 2), (fit, 1), (new NodeResourcesBalancedAllocation(), 1)],
            Bind = [new DefaultBinder(api)],
        };
    }
}
