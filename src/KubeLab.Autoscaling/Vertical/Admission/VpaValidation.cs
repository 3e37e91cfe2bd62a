using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Autoscaling;

namespace KubeLab.Autoscaling.Vertical.Admission;

/// <summary>What is wrong with an autoscaler that its schema does not find.</summary>
/// <remarks>Upstream: ValidateVPA in pkg/admission-controller/resource/vpa/handler.go, with its texts.</remarks>
internal static class VpaValidation
{
    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="isCreate">Whether it is new.</param>
    public static string? Problem(VerticalPodAutoscalerSpec spec, bool isCreate) =>
        Problem(spec.UpdatePolicy, isCreate)
        ?? (spec.ResourcePolicy?.ContainerPolicies ?? default).Select(Problem).FirstOrDefault(p => p is not null)
        ?? (isCreate && spec.TargetRef is null ? "targetRef is required. If you're using v1beta1 version of the API, please migrate to v1" : null)
        ?? (spec.Recommenders.Count > 1 ? "the current version of VPA object shouldn't specify more than one recommenders" : null);

    private static string? Problem(PodUpdatePolicy? policy, bool isCreate)
    {
        if (policy is null)
        {
            return null;
        }

        if (policy.UpdateMode is not { } mode)
        {
            return "updateMode is required if UpdatePolicy is used";
        }

        if (!UpdateModes.All.Contains(mode))
        {
            return $"unexpected UpdateMode value {mode}";
        }

        if (mode == UpdateModes.InPlaceOrRecreate && isCreate)
        {
            return "in order to use UpdateMode InPlaceOrRecreate, you must enable feature gate InPlaceOrRecreate in the admission-controller args";
        }

        return policy.MinReplicas is <= 0 ? string.Create(CultureInfo.InvariantCulture, $"minReplicas has to be positive, got {policy.MinReplicas}") : null;
    }

    private static string? Problem(ContainerResourcePolicy policy)
    {
        if (string.IsNullOrEmpty(policy.ContainerName))
        {
            return "containerPolicies.ContainerName is required";
        }

        if (policy.Mode is not (null or "Auto" or "Off"))
        {
            return $"unexpected Mode value {policy.Mode}";
        }

        foreach (var (resource, least) in policy.MinAllowed)
        {
            if (Resolution(resource, least) is { } fine)
            {
                return $"minAllowed: {fine}";
            }

            if (policy.MaxAllowed[resource] is { } most && most < least)
            {
                return $"max resource for {resource} is lower than min";
            }
        }

        foreach (var (resource, most) in policy.MaxAllowed)
        {
            if (Resolution(resource, most) is { } fine)
            {
                return $"maxAllowed: {fine}";
            }
        }

        return policy is { Mode: "Off", ControlledValues: "RequestsAndLimits" } ? "controlledValues shouldn't be specified if container scaling mode is off" : null;
    }

    private static string? Resolution(string resource, Quantity amount) => resource switch
    {
        Amounts.Cpu when Quantity.FromMilli(amount.MilliValue) != amount => $"CPU [{amount}] must be a whole number of milli CPUs",
        Amounts.Memory when Quantity.FromValue(amount.Value) != amount => $"memory [{amount}] must be a whole number of bytes",
        _ => null,
    };
}
