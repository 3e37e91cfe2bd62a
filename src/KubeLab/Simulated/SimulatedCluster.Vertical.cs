using KubeLab.Autoscaling.Vertical;
using KubeLab.Observing;

namespace KubeLab.Simulated;

/// <content>The vertical autoscaler, which an operator installs.</content>
public sealed partial class SimulatedCluster
{
    private static readonly TimeSpan EstablishedMax = TimeSpan.FromMinutes(1);
    private readonly VerticalRecords verticalRecords = new();
    private VerticalPodAutoscaling? vertical;

    /// <summary>The programs of the vertical autoscaler; null when it is not installed.</summary>
    internal VerticalPodAutoscaling? Vertical => vertical;

    /// <inheritdoc/>
    public override void InstallVerticalPodAutoscaler(VerticalPodAutoscalerOptions? options = null, bool wait = true)
    {
        Act(c => c.StartVertical(options));
        if (wait && !StandsStill)
        {
            Clock.RunUntil(() => vertical!.IsServed, EstablishedMax);
        }
    }

    private void StartVertical(VerticalPodAutoscalerOptions? options)
    {
        if (AnyServer is null)
        {
            throw NoMaster();
        }

        if (vertical is not null)
        {
            throw new InvalidOperationException("the vertical pod autoscaler is installed already");
        }

        var made = new VerticalPodAutoscaling(user => plane.Balancer.ConnectAs(user), Clock, chance.For("vertical-pod-autoscaler"), () => Kinds, options) { Said = verticalRecords.Add };
        made.Start();
        vertical = made;
        recorder.Mark("vertical pod autoscaler installed");
    }
}
