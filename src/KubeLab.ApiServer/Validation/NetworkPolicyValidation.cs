using System.Net;
using KubeLab.Api;
using KubeLab.Api.Networking;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with network policies.</summary>
/// <remarks>Upstream: pkg/apis/networking/validation/validation.go.</remarks>
internal static class NetworkPolicyValidation
{
    private const string CidrRule = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
    private static readonly FieldPath Types = FieldPath.Spec.Child("policyTypes");

    public static void Validate(NetworkPolicy obj, FieldErrors errors)
    {
        var spec = obj.Spec;
        PodSpecValidation.LabelSelector(spec.PodSelector ?? new(), FieldPath.Spec.Child("podSelector"), errors);
        for (var i = 0; i < spec.Ingress.Count; i++)
        {
            var path = FieldPath.Spec.Child("ingress").Index(i);
            Ports(spec.Ingress[i].Ports, path.Child("ports"), errors);
            Peers(spec.Ingress[i].From, path.Child("from"), errors);
        }

        for (var i = 0; i < spec.Egress.Count; i++)
        {
            var path = FieldPath.Spec.Child("egress").Index(i);
            Ports(spec.Egress[i].Ports, path.Child("ports"), errors);
            Peers(spec.Egress[i].To, path.Child("to"), errors);
        }

        if (spec.PolicyTypes.Count > 2)
        {
            errors.Invalid(Types, spec.PolicyTypes, "may not specify more than two policyTypes");
            return;
        }

        for (var i = 0; i < spec.PolicyTypes.Count; i++)
        {
            if (spec.PolicyTypes[i] is not ("Ingress" or "Egress"))
            {
                errors.NotSupported(Types.Index(i), spec.PolicyTypes[i], "Egress", "Ingress");
            }
        }
    }

    public static void ValidateUpdate(NetworkPolicy obj, NetworkPolicy old, FieldErrors errors)
    {
        if (!ReferenceEquals(obj.Spec, old.Spec))
        {
            Validate(obj, errors);
        }
    }

    private static void Ports(ValueList<NetworkPolicyPort> ports, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < ports.Count; i++)
        {
            Port(ports[i], path.Index(i), errors);
        }
    }

    private static void Port(NetworkPolicyPort port, FieldPath path, FieldErrors errors)
    {
        if (port.Protocol is not (null or "TCP" or "UDP" or "SCTP"))
        {
            errors.NotSupported(path.Child("protocol"), port.Protocol, "SCTP", "TCP", "UDP");
        }

        var end = path.Child("endPort");
        if (port.Port is not { } number)
        {
            if (port.EndPort is not null)
            {
                errors.Invalid(end, port.EndPort, "may not be specified when `port` is not specified");
            }

            return;
        }

        ProbeValidation.Port(number, path.Child("port"), errors);
        if (port.EndPort is not { } last)
        {
            return;
        }

        if (number.IsString)
        {
            errors.Invalid(end, last, "may not be specified when `port` is non-numeric");
            return;
        }

        if (last < number.IntValue)
        {
            errors.Invalid(end, number.IntValue, "must be greater than or equal to `port`");
        }

        errors.Port(end, last);
    }

    private static void Peers(ValueList<NetworkPolicyPeer> peers, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < peers.Count; i++)
        {
            Peer(peers[i], path.Index(i), errors);
        }
    }

    private static void Peer(NetworkPolicyPeer peer, FieldPath path, FieldErrors errors)
    {
        if (peer.PodSelector is { } pods)
        {
            PodSpecValidation.LabelSelector(pods, path.Child("podSelector"), errors);
        }

        if (peer.NamespaceSelector is { } namespaces)
        {
            PodSpecValidation.LabelSelector(namespaces, path.Child("namespaceSelector"), errors);
        }

        if (peer.IpBlock is { } block)
        {
            Block(block, path.Child("ipBlock"), errors);
        }

        if (peer is { PodSelector: null, NamespaceSelector: null, IpBlock: null })
        {
            errors.Required(path, "must specify a peer");
        }
        else if (peer.IpBlock is not null && (peer.PodSelector is not null || peer.NamespaceSelector is not null))
        {
            errors.Forbidden(path, "may not specify both ipBlock and another peer");
        }
    }

    private static void Block(IPBlock block, FieldPath path, FieldErrors errors)
    {
        if (block.Cidr.Length == 0)
        {
            errors.Required(path.Child("cidr"));
            return;
        }

        if (!TryRead(block.Cidr, out var range))
        {
            errors.Invalid(path.Child("cidr"), block.Cidr, CidrRule);
            return;
        }

        for (var i = 0; i < block.Except.Count; i++)
        {
            var at = path.Child("except").Index(i);
            if (!TryRead(block.Except[i], out var except))
            {
                errors.Invalid(at, block.Except[i], CidrRule);
            }
            else if (!range.Contains(except.BaseAddress) || range.PrefixLength >= except.PrefixLength)
            {
                errors.Invalid(at, block.Except[i], "must be a strict subset of `cidr`");
            }
        }
    }

    // Bits behind the prefix may be set, as upstream allows: they are masked away.
    private static bool TryRead(string text, out IPNetwork network)
    {
        network = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IPAddress.TryParse(text[..slash], out var address)
            || !int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out var length))
        {
            return false;
        }

        var bytes = address.GetAddressBytes();
        if (length > bytes.Length * 8)
        {
            return false;
        }

        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        network = new IPNetwork(new IPAddress(bytes), length);
        return true;
    }
}
