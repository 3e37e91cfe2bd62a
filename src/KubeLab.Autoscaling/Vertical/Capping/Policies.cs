using KubeLab.Api;
using KubeLab.Api.Autoscaling;

namespace KubeLab.Autoscaling.Vertical.Capping;

/// <summary>What an autoscaler's policy says of one container.</summary>
/// <remarks>Upstream: pkg/utils/vpa/api.go and capping.go.</remarks>
internal static class Policies
{
    private const string Default = "*";

    /// <summary>The policy of <paramref name="container"/>, or the one for all others; null when there is neither.</summary>
    public static ContainerResourcePolicy? Of(string container, PodResourcePolicy? policy) => policy is null ? null
        : policy.ContainerPolicies.Find(p => p.ContainerName == container) ?? LastDefault(policy);

    /// <summary>Whether the container is left alone.</summary>
    public static bool IsOff(string container, PodResourcePolicy? policy) => Of(container, policy) is { Mode: "Off" };

    /// <summary>Whether limits stay as they are.</summary>
    public static bool IsRequestsOnly(string container, PodResourcePolicy? policy) => Of(container, policy) is { ControlledValues: "RequestsOnly" };

    /// <summary>An amount within a policy; where that has no most, <paramref name="most"/> is it.</summary>
    public static Quantity Capped(string resource, Quantity amount, ContainerResourcePolicy? policy, Quantity? most = null)
    {
        var raised = AtLeast(amount, policy?.MinAllowed[resource]) ?? amount;
        return AtMost(raised, policy?.MaxAllowed[resource] ?? most) ?? raised;
    }

    /// <summary>The bound, when it is more than <paramref name="amount"/>; a bound of zero is none.</summary>
    public static Quantity? AtLeast(Quantity amount, Quantity? least) => least is { IsZero: false } bound && amount < bound ? bound : null;

    /// <summary>The bound, when it is less than <paramref name="amount"/>; a bound of zero is none.</summary>
    public static Quantity? AtMost(Quantity amount, Quantity? most) => most is { IsZero: false } bound && amount > bound ? bound : null;

    private static ContainerResourcePolicy? LastDefault(PodResourcePolicy policy)
    {
        ContainerResourcePolicy? last = null;
        foreach (var one in policy.ContainerPolicies)
        {
            last = one.ContainerName == Default ? one : last;
        }

        return last;
    }
}
