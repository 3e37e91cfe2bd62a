using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>The status of an autoscaler while it is looked at.</summary>
internal sealed class AutoscalerStatus(HorizontalPodAutoscaler autoscaler, DateTimeOffset now)
{
    /// <summary>As it now is.</summary>
    public HorizontalPodAutoscalerStatus Status { get; private set; } = autoscaler.Status;

    /// <summary>Whether the target can be read and written.</summary>
    public void AbleToScale(bool holds, string reason, string message) => Put("AbleToScale", holds, reason, message);

    /// <summary>Whether measures say how many copies there should be.</summary>
    public void ScalingActive(bool holds, string reason, string message) => Put("ScalingActive", holds, reason, message);

    /// <summary>Whether more or fewer copies are asked for than are allowed.</summary>
    public void ScalingLimited(bool holds, string reason, string message) => Put("ScalingLimited", holds, reason, message);

    /// <summary>The numbers and what was measured.</summary>
    public void Set(int current, int desired, IReadOnlyList<MetricStatus> measured, bool rescaled = false) => Status = new()
    {
        CurrentReplicas = current,
        DesiredReplicas = desired,
        LastScaleTime = rescaled ? now : Status.LastScaleTime,
        CurrentMetrics = measured.ToValueList(),
        Conditions = Status.Conditions,
    };

    private void Put(string type, bool holds, string reason, string message) => Status = Status with
    {
        Conditions = Conditions.Put(
            Status.Conditions, new Condition { Type = type, Status = holds ? "True" : "False", Reason = reason, Message = message, LastTransitionTime = now }),
    };
}
