using KubeLab.Api.Core;

namespace KubeLab.Api.Quotas;

/// <summary>What services use of quotas: themselves, ports on every node, and load balancers.</summary>
/// <remarks>Upstream: pkg/quota/v1/evaluator/core/services.go.</remarks>
internal sealed class ServiceEvaluator() : QuotaEvaluator(Service.Resource)
{
    public override bool HandlesUpdates => true;

    public override bool Uses(string name) => name is "services" or "services.nodeports" or "services.loadbalancers" || name == CountName;

    public override ResourceList Usage(IApiObject obj, DateTimeOffset now)
    {
        var spec = ((Service)obj).Spec;
        var balanced = spec.Type == "LoadBalancer";
        var ports = spec.Type == "NodePort" || (balanced && spec.AllocateLoadBalancerNodePorts != false)
            ? spec.Ports.Count
            : balanced ? spec.Ports.Where(static p => p.NodePort is not (null or 0)).Count : 0;
        return Count(CountName, "services")
            .With("services.nodeports", Quantity.FromValue(ports))
            .With("services.loadbalancers", Quantity.FromValue(balanced ? 1 : 0));
    }
}
