using System.Net;
using System.Net.Sockets;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Discovery;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with endpoint slices and endpoints.</summary>
/// <remarks>Upstream: pkg/apis/discovery/validation/validation.go, ValidateEndpoints in pkg/apis/core/validation/validation.go.</remarks>
internal static class EndpointValidation
{
    private const int AddressesMax = 100;
    private const int EndpointsMax = 1000;
    private const int PortsMax = 20000;
    private static readonly FieldPath AddressType = FieldPath.Root("addressType");
    private static readonly FieldPath EndpointsPath = FieldPath.Root("endpoints");
    private static readonly FieldPath PortsPath = FieldPath.Root("ports");
    private static readonly FieldPath SubsetsPath = FieldPath.Root("subsets");

    public static void Validate(EndpointSlice obj, FieldErrors errors)
    {
        errors.OneOf(AddressType, obj.AddressType, "FQDN", "IPv4", "IPv6");
        if (obj.Endpoints.Count > EndpointsMax)
        {
            errors.TooMany(EndpointsPath, obj.Endpoints.Count, EndpointsMax);
            return;
        }

        for (var i = 0; i < obj.Endpoints.Count; i++)
        {
            One(obj.Endpoints[i], obj.AddressType, EndpointsPath.Index(i), errors);
        }

        Ports(obj.Ports, errors);
    }

    public static void ValidateUpdate(EndpointSlice obj, EndpointSlice old, FieldErrors errors)
    {
        Validate(obj, errors);
        if (obj.AddressType != old.AddressType)
        {
            errors.Invalid(AddressType, obj.AddressType, NameRules.Immutable);
        }
    }

    public static void Validate(Endpoints obj, FieldErrors errors)
    {
        for (var i = 0; i < obj.Subsets.Count; i++)
        {
            Subset(obj.Subsets[i], SubsetsPath.Index(i), errors);
        }
    }

    public static void ValidateUpdate(Endpoints obj, Endpoints old, FieldErrors errors)
    {
        if (obj.Subsets != old.Subsets)
        {
            Validate(obj, errors);
        }
    }

    private static void One(Endpoint endpoint, string type, FieldPath path, FieldErrors errors)
    {
        var addresses = path.Child("addresses");
        if (endpoint.Addresses.IsEmpty)
        {
            errors.Required(addresses, "must contain at least 1 address");
        }
        else if (endpoint.Addresses.Count > AddressesMax)
        {
            errors.TooMany(addresses, endpoint.Addresses.Count, AddressesMax);
        }

        for (var i = 0; i < endpoint.Addresses.Count; i++)
        {
            Address(endpoint.Addresses[i], type, addresses.Index(i), errors);
        }

        if (endpoint.NodeName is { } node)
        {
            errors.InvalidAll(path.Child("nodeName"), node, LabelNames.SubdomainErrors(node));
        }

        if (endpoint.Hostname is { } host)
        {
            errors.InvalidAll(path.Child("hostname"), host, LabelNames.DnsLabelErrors(host));
        }
    }

    private static void Address(string text, string type, FieldPath path, FieldErrors errors)
    {
        if (type == "FQDN")
        {
            errors.InvalidAll(path, text, LabelNames.SubdomainErrors(text.TrimEnd('.')));
            return;
        }

        var family = type == "IPv6" ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        if (!IPAddress.TryParse(text, out var address) || address.AddressFamily != family)
        {
            if (type is "IPv4" or "IPv6")
            {
                errors.Invalid(path, text, $"must be a valid {type} address");
            }

            return;
        }

        Special(address, text, path, errors);
    }

    // Addresses that no pod of another machine can be reached at.
    private static void Special(IPAddress address, string text, FieldPath path, FieldErrors errors)
    {
        var bytes = address.GetAddressBytes();
        var isV4 = bytes.Length == 4;
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            errors.Invalid(path, text, "may not be unspecified (0.0.0.0 or ::)");
        }

        if (IPAddress.IsLoopback(address))
        {
            errors.Invalid(path, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }

        if (isV4 ? bytes is [169, 254, ..] : address.IsIPv6LinkLocal)
        {
            errors.Invalid(path, text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }

        if (isV4 ? bytes is [224, 0, 0, _] : bytes[0] == 0xff && (bytes[1] & 0x0f) == 2)
        {
            errors.Invalid(path, text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    private static void Ports(ValueList<EndpointPort> ports, FieldErrors errors)
    {
        if (ports.Count > PortsMax)
        {
            errors.TooMany(PortsPath, ports.Count, PortsMax);
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ports.Count; i++)
        {
            var (port, path) = (ports[i], PortsPath.Index(i));
            var name = port.Name ?? "";
            if (name.Length > 0)
            {
                errors.InvalidAll(path.Child("name"), name, LabelNames.DnsLabelErrors(name));
            }

            if (!names.Add(name))
            {
                errors.Duplicate(path.Child("name"), name);
            }

            errors.OneOf(path.Child("protocol"), port.Protocol, "SCTP", "TCP", "UDP");
        }
    }

    private static void Subset(EndpointSubset subset, FieldPath path, FieldErrors errors)
    {
        if (subset.Addresses.IsEmpty && subset.NotReadyAddresses.IsEmpty)
        {
            errors.Required(path, "must specify `addresses` or `notReadyAddresses`");
        }

        Addresses(subset.Addresses, path.Child("addresses"), errors);
        Addresses(subset.NotReadyAddresses, path.Child("notReadyAddresses"), errors);
        for (var i = 0; i < subset.Ports.Count; i++)
        {
            var (port, at) = (subset.Ports[i], path.Child("ports").Index(i));
            if (!string.IsNullOrEmpty(port.Name))
            {
                errors.InvalidAll(at.Child("name"), port.Name, LabelNames.DnsLabelErrors(port.Name));
            }
            else if (subset.Ports.Count > 1)
            {
                errors.Required(at.Child("name"));
            }

            errors.Port(at.Child("port"), port.Port);
            errors.OneOf(at.Child("protocol"), port.Protocol, "SCTP", "TCP", "UDP");
        }
    }

    private static void Addresses(ValueList<EndpointAddress> addresses, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            var at = path.Index(i);
            if (!IPAddress.TryParse(addresses[i].Ip, out var ip))
            {
                errors.Invalid(at.Child("ip"), addresses[i].Ip, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            }
            else
            {
                Special(ip, addresses[i].Ip, at.Child("ip"), errors);
            }

            if (!string.IsNullOrEmpty(addresses[i].Hostname))
            {
                errors.InvalidAll(at.Child("hostname"), addresses[i].Hostname, LabelNames.DnsLabelErrors(addresses[i].Hostname!));
            }

            if (addresses[i].NodeName is { } node)
            {
                errors.InvalidAll(at.Child("nodeName"), node, LabelNames.SubdomainErrors(node));
            }
        }
    }
}
