using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.JustInTime;
using KubeLab.Simulated.JustInTime;

namespace KubeLab.Simulated;

/// <content>Nodes as pods need them: just-in-time provisioning beside the control plane.</content>
public sealed partial class SimulatedCluster
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);
    private JustInTimeAutoscaler? justInTime;

    /// <inheritdoc/>
    public override void InstallKarpenter(bool spotToSpot = false)
    {
        if (justInTime is not null)
        {
            return;
        }

        Act(c => c.StartJustInTime(JustInTimeOptions.Default with { SpotToSpotConsolidation = spotToSpot }));
        RunUntil(c => KarpenterKinds.Definitions().All(d => c.Api.Find<CustomResourceDefinition>("", d.Metadata.Name!)?.Status.Is("Established") == true), InstallLimit, "Karpenter's kinds to be served");
        Create(JustInTimeManifest.NodeClass());
    }

    /// <inheritdoc/>
    public override void AddJustInTimePool(JustInTimePool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        pool.Require(Cloud.Prices.Machines, Cloud.Zones);
        InstallKarpenter();
        Create(JustInTimeManifest.Of(pool));
    }

    private void Create(CustomObject obj) =>
        Api.Create(obj.Kind == KarpenterKinds.NodePools.Kind ? KarpenterKinds.NodePools : KarpenterKinds.NodeClasses, obj, WriteOptions.Default);

    private void StartJustInTime(JustInTimeOptions options)
    {
        _ = AnyServer ?? throw NoMaster();
        var api = plane.Balancer.ConnectAs("system:serviceaccount:kube-system:karpenter");
        justInTime = new JustInTimeAutoscaler(api, Clock, chance.For("karpenter"), new RentedInstances(Cloud, Clock), options);
        justInTime.Start();
        recorder.Mark("Karpenter installed");
    }
}
