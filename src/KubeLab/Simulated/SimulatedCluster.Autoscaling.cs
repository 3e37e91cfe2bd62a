using KubeLab.Autoscaling.Nodes;
using KubeLab.Views;

namespace KubeLab.Simulated;

/// <content>The cluster autoscaler, which runs outside of the cluster as a managed service's does: it needs an API server that answers, and no node of its own.</content>
public sealed partial class SimulatedCluster
{
    private CloudNodeGroups? nodeGroups;
    private ClusterAutoscaler? autoscaler;
    private ClusterAutoscalerOptions autoscalerOptions = new();
    private int autoscalersMade;

    /// <summary>The cluster autoscaler; null until the first pool is autoscaled.</summary>
    public ClusterAutoscaler? NodeAutoscaler => autoscaler;

    /// <inheritdoc/>
    public override void Autoscale(string pool, int min, int max)
    {
        if (pool == MasterPool)
        {
            throw new ArgumentException("the masters are not autoscaled: each one more or less is a change of the store's members", nameof(pool));
        }

        _ = Cloud.Pool(pool);
        ArgumentOutOfRangeException.ThrowIfNegative(min);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, min);
        Act(c => c.StartAutoscaling(pool, min, max));
    }

    /// <inheritdoc/>
    public override void ClusterAutoscaler(Func<ClusterAutoscalerOptions, ClusterAutoscalerOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var options = change(autoscalerOptions);
        if (options.Problem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(change));
        }

        Act(c => c.SetAutoscaler(options));
    }

    /// <inheritdoc/>
    public override ScaleDownView WhyNotScaledDown() => autoscaler is null
        ? throw new InvalidOperationException("no pool is autoscaled yet: call Autoscale(\"workers\", min: 1, max: 10) first")
        : new ScaleDownView(autoscaler, nodeGroups!, Now);

    private void StartAutoscaling(string pool, int min, int max)
    {
        nodeGroups ??= new CloudNodeGroups(Cloud);
        nodeGroups.Set(pool, min, max);
        recorder.Mark($"{pool}: autoscaled from {min} to {max} nodes");
        if (autoscaler is null)
        {
            MakeAutoscaler();
        }
    }

    private void SetAutoscaler(ClusterAutoscalerOptions options)
    {
        autoscalerOptions = options;
        if (autoscaler is not null)
        {
            autoscaler.Stop();
            MakeAutoscaler();
        }
    }

    private void MakeAutoscaler()
    {
        var api = plane.Balancer.ConnectAs("system:serviceaccount:kube-system:cluster-autoscaler");
        autoscaler = new ClusterAutoscaler(api, Clock, chance.For($"cluster-autoscaler/{++autoscalersMade}"), nodeGroups!, autoscalerOptions);
        autoscaler.Start();
    }
}
