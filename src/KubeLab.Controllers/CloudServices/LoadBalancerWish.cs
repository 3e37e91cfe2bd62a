using KubeLab.Api.Core;

namespace KubeLab.Controllers.CloudServices;

/// <summary>Whether a service wants a load balancer, and what about it concerns the cloud.</summary>
/// <remarks>Upstream: cloud-provider/controllers/service and cloud-provider/service/helpers.</remarks>
public static class LoadBalancerWish
{
    /// <summary>Keeps a service until its load balancer is gone.</summary>
    public const string Finalizer = "service.kubernetes.io/load-balancer-cleanup";

    /// <summary>The label of nodes that no load balancer may use.</summary>
    public const string ExcludedLabel = "node.kubernetes.io/exclude-from-external-load-balancers";

    /// <summary>The cluster autoscaler's mark on a node that is about to go.</summary>
    public const string ToBeDeletedTaint = "ToBeDeletedByClusterAutoscaler";

    /// <summary>Whether the cloud shall make one; a class of its own is for somebody else.</summary>
    public static bool Wants(Service service) => service.Spec.Type == "LoadBalancer" && string.IsNullOrEmpty(service.Spec.LoadBalancerClass);

    /// <summary>Whether one that was made must go: its service is being deleted, or has become something else.</summary>
    public static bool NeedsCleanup(Service service) => HasFinalizer(service) && (service.Metadata.DeletionTimestamp is not null || !Wants(service));

    /// <summary>Whether the service keeps until its load balancer is gone.</summary>
    public static bool HasFinalizer(Service service) => service.Metadata.Finalizers.Exists(static f => f == Finalizer);

    /// <summary>Whether a change concerns the cloud.</summary>
    public static bool NeedsUpdate(Service old, Service now)
    {
        if (!Wants(old) && !Wants(now))
        {
            return false;
        }

        var (before, after) = (old.Spec, now.Spec);
        return Wants(old) != Wants(now)
            || old.Metadata.Uid != now.Metadata.Uid
            || before.LoadBalancerIP != after.LoadBalancerIP
            || before.LoadBalancerSourceRanges != after.LoadBalancerSourceRanges
            || before.Ports != after.Ports
            || before.SessionAffinity != after.SessionAffinity
            || before.SessionAffinityConfig != after.SessionAffinityConfig
            || before.ExternalIPs != after.ExternalIPs
            || before.ExternalTrafficPolicy != after.ExternalTrafficPolicy
            || before.HealthCheckNodePort != after.HealthCheckNodePort
            || before.IpFamilies != after.IpFamilies
            || old.Metadata.Annotations != now.Metadata.Annotations;
    }

    /// <summary>What the load balancer is called at the cloud: <c>a</c> and the service's UID without hyphens, 32 letters at most.</summary>
    public static string NameOf(Service service)
    {
        var name = $"a{service.Metadata.Uid?.Replace("-", "", StringComparison.Ordinal)}";
        return name.Length <= 32 ? name : name[..32];
    }

    /// <summary>Whether a load balancer may send to the node; one that is not ready still counts, since the balancer asks it itself.</summary>
    public static bool MayUse(Node node) =>
        !node.Metadata.Labels.ContainsKey(ExcludedLabel)
        && !string.IsNullOrEmpty(node.Spec.ProviderID)
        && node.Metadata.DeletionTimestamp is null
        && !node.Spec.Taints.Exists(static t => t.Key == ToBeDeletedTaint);
}
