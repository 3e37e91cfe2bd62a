using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Etcd;

namespace KubeLab.ApiServer.Registry;

/// <summary>Services get an address of their own, and some a port on every node.</summary>
/// <remarks>
/// What is taken is read from the stored services each time, so that several servers agree without allocation maps of their own.
/// Upstream: pkg/registry/core/service/storage/alloc.go.
/// </remarks>
internal sealed class ServiceStore(KindStrategy strategy, RegistryContext context) : ObjectStore(strategy, context)
{
    private static readonly FieldPath ClusterIPs = FieldPath.Spec.Child("clusterIPs");
    private readonly ServiceAddresses addresses = new(context.Options.ServiceClusterIPRange);

    /// <inheritdoc/>
    protected override IApiObject Complete(IApiObject obj) => Allocate((Service)obj);

    /// <inheritdoc/>
    protected override IApiObject Complete(IApiObject obj, IApiObject old)
    {
        var (service, before) = ((Service)obj, (Service)old);
        var kept = service.Spec;
        if (kept.Type != "ExternalName" && before.Spec.Type != "ExternalName" && string.IsNullOrEmpty(kept.ClusterIP))
        {
            kept = kept with { ClusterIP = before.Spec.ClusterIP, ClusterIPs = before.Spec.ClusterIPs };
        }

        if (NodePorts.Wanted(kept) && NodePorts.Wanted(before.Spec))
        {
            kept = kept with { Ports = KeepNodePorts(kept.Ports, before.Spec.Ports) };
        }

        return Allocate(kept == service.Spec ? service : service with { Spec = kept });
    }

    /// <summary>A port that does not say which node port it wants keeps the one it had.</summary>
    private static ValueList<ServicePort> KeepNodePorts(ValueList<ServicePort> ports, ValueList<ServicePort> before)
    {
        for (var i = 0; i < ports.Count; i++)
        {
            var port = ports[i];
            if (port.NodePort is null or 0 && before.Find(p => p.Port == port.Port && p.Protocol == port.Protocol) is { NodePort: not null } had)
            {
                ports = ports.SetItem(i, port with { NodePort = had.NodePort });
            }
        }

        return ports;
    }

    private Service Allocate(Service service)
    {
        var spec = service.Spec;
        var errors = new FieldErrors();
        if (spec.Type == "ExternalName")
        {
            spec = spec with { ClusterIP = null, ClusterIPs = default };
        }
        else if (spec.ClusterIP != "None")
        {
            spec = WithAddress(service, spec, errors);
        }
        else
        {
            spec = spec with { ClusterIPs = ["None"] };
        }

        spec = NodePorts.Wanted(spec) ? WithNodePorts(service, spec, errors) : WithoutNodePorts(spec);
        errors.ThrowIfAny(Resource, service.Metadata.Name ?? "");
        return spec == service.Spec ? service : service with { Spec = spec };
    }

    private ServiceSpec WithAddress(Service service, ServiceSpec spec, FieldErrors errors)
    {
        var asked = string.IsNullOrEmpty(spec.ClusterIP) ? spec.ClusterIPs.IsEmpty ? null : spec.ClusterIPs[0] : spec.ClusterIP;
        if (asked is null)
        {
            asked = addresses.Pick(Context.Addresses, a => OwnerOf(a) is not null);
            if (asked is null)
            {
                throw ApiErrors.Internal("failed to allocate a serviceIP: range is full");
            }
        }
        else if (!addresses.Contains(asked))
        {
            errors.Invalid(
                ClusterIPs,
                new GoList(asked),
                $"failed to allocate IP {asked}: the provided IP ({asked}) is not in the valid range. The range of valid IPs is {addresses.Block}");
        }
        else if (OwnerOf(asked) is { } owner && owner.Metadata.Uid != service.Metadata.Uid)
        {
            errors.Invalid(ClusterIPs, new GoList(asked), $"failed to allocate IP {asked}: provided IP is already allocated");
        }

        return spec.ClusterIP == asked && spec.ClusterIPs.Count > 0 ? spec : spec with { ClusterIP = asked, ClusterIPs = [asked] };
    }

    private ServiceSpec WithNodePorts(Service service, ServiceSpec spec, FieldErrors errors)
    {
        var used = new HashSet<int>();
        foreach (var other in Services())
        {
            if (other.Metadata.Uid != service.Metadata.Uid)
            {
                used.UnionWith(other.Spec.Ports.Select(p => p.NodePort ?? 0));
            }
        }

        var ports = spec.Ports;
        for (var i = 0; i < ports.Count; i++)
        {
            var path = FieldPath.Spec.Child("ports").Index(i).Child("nodePort");
            var port = ports[i].NodePort ?? 0;
            if (port == 0)
            {
                port = NodePorts.Pick(Context.Addresses, used) ?? throw ApiErrors.Internal("failed to allocate a nodePort: range is full");
                ports = ports.SetItem(i, ports[i] with { NodePort = port });
            }
            else if (port is < NodePorts.First or > NodePorts.Last)
            {
                errors.Invalid(path, port, $"provided port is not in the valid range. The range of valid ports is {NodePorts.First}-{NodePorts.Last}");
            }
            else if (used.Contains(port))
            {
                errors.Invalid(path, port, "provided port is already allocated");
            }

            used.Add(port);
        }

        return ports == spec.Ports ? spec : spec with { Ports = ports };
    }

    private static ServiceSpec WithoutNodePorts(ServiceSpec spec)
    {
        if (spec.Type == "LoadBalancer" || !spec.Ports.Exists(static p => p.NodePort is not null))
        {
            return spec;
        }

        return spec with { Ports = spec.Ports.Select(static p => p with { NodePort = null }).ToValueList() };
    }

    private Service? OwnerOf(string address) => Services().FirstOrDefault(s => s.Spec.ClusterIP == address);

    private IEnumerable<Service> Services() =>
        Etcd.Range(Resource.StorePrefix, KeyRange.PrefixEnd(Resource.StorePrefix)).Items.Select(i => (Service)i.Value);

    /// <summary>One text as Go prints a list of it.</summary>
    private sealed class GoList(string item) : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) => $"[]string{{{GoQuote.Quote(item)}}}";
    }
}
