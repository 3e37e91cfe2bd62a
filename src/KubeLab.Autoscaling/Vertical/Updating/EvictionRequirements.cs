using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Vertical.Capping;

namespace KubeLab.Autoscaling.Vertical.Updating;

/// <summary>Whether the direction in which a pod's requests would change is one for which its autoscaler lets it be evicted.</summary>
/// <remarks>Upstream: scalingDirectionPodEvictionAdmission in pkg/updater/priority.</remarks>
internal static class EvictionRequirements
{
    /// <summary>Whether all requirements hold for one of the containers; containers that do not request both resources are always admitted.</summary>
    public static bool Admit(Pod pod, CappedRecommendation recommendation, PodUpdatePolicy? policy) =>
        policy is null || pod.Spec.Containers.Exists(c => recommendation.Find(c.Name) is { } recommended && Admit(c, recommended, policy));

    private static bool Admit(Container container, RecommendedContainerResources recommended, PodUpdatePolicy policy)
    {
        var requests = container.Resources.Requests;
        return !requests.ContainsKey(Amounts.Cpu) || !requests.ContainsKey(Amounts.Memory) || !policy.EvictionRequirements.Exists(requirement =>
            !requirement.Resources.Exists(resource => Holds(
                requirement.ChangeRequirement, Proportion.Of(requests, resource).MilliValue, Proportion.Of(recommended.Target, resource).MilliValue)));
    }

    private static bool Holds(string change, long requested, long target) => change switch
    {
        "TargetHigherThanRequests" => target > requested,
        "TargetLowerThanRequests" => target < requested,
        _ => false,
    };
}
