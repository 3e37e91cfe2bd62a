using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with services.</summary>
/// <remarks>Upstream: ValidateService in pkg/apis/core/validation/validation.go.</remarks>
internal static class ServiceValidation
{
    private static readonly FieldPath Ports = FieldPath.Spec.Child("ports");

    public static void Validate(Service service, FieldErrors errors)
    {
        var spec = service.Spec;
        var isHeadless = spec.ClusterIP == "None";
        if (spec.Ports.IsEmpty && !isHeadless && spec.Type != "ExternalName")
        {
            errors.Required(Ports);
        }

        Type(spec, isHeadless, errors);
        if (spec.SessionAffinity is not ("ClientIP" or "None"))
        {
            errors.OneOf(FieldPath.Spec.Child("sessionAffinity"), spec.SessionAffinity, "ClientIP", "None");
        }

        var taken = new TakenPorts();
        for (var i = 0; i < spec.Ports.Count; i++)
        {
            Port(spec, i, taken, errors);
        }

        LabelValidation.Labels(spec.Selector, FieldPath.Spec.Child("selector"), errors);
        Policies(spec, errors);
    }

    public static void ValidateUpdate(Service service, Service old, FieldErrors errors)
    {
        if (ReferenceEquals(service.Spec, old.Spec))
        {
            return;
        }

        Validate(service, errors);
        var keepsAddress = service.Spec.Type != "ExternalName" && old.Spec.Type != "ExternalName";
        if (keepsAddress && !string.IsNullOrEmpty(old.Spec.ClusterIP) && service.Spec.ClusterIP != old.Spec.ClusterIP)
        {
            errors.Invalid(FieldPath.Spec.Child("clusterIPs").Index(0), service.Spec.ClusterIP ?? "", "may not change once set");
        }
    }

    private static void Type(ServiceSpec spec, bool isHeadless, FieldErrors errors)
    {
        var path = FieldPath.Spec.Child("type");
        switch (spec.Type)
        {
            case "ClusterIP":
                break;
            case "NodePort" or "LoadBalancer" when isHeadless:
                errors.Invalid(FieldPath.Spec.Child("clusterIPs").Index(0), "None", $"may not be set to 'None' for {spec.Type} services");
                break;
            case "NodePort" or "LoadBalancer":
                break;
            case "ExternalName" when string.IsNullOrEmpty(spec.ExternalName):
                errors.Required(FieldPath.Spec.Child("externalName"));
                break;
            case "ExternalName":
                errors.InvalidAll(FieldPath.Spec.Child("externalName"), spec.ExternalName, LabelNames.SubdomainErrors(spec.ExternalName.TrimEnd('.')));
                break;
            default:
                errors.OneOf(path, spec.Type, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
                break;
        }
    }

    private static void Port(ServiceSpec spec, int index, TakenPorts taken, FieldErrors errors)
    {
        var port = spec.Ports[index];
        var isNew = (Name: taken.Names.Add(port.Name ?? ""), Port: taken.Ports.Add((port.Protocol, port.Port)), NodePort: taken.NodePorts.Add((port.Protocol, port.NodePort)));
        var path = Ports.Index(index);
        if (string.IsNullOrEmpty(port.Name))
        {
            if (spec.Ports.Count > 1)
            {
                errors.Required(path.Child("name"));
            }
        }
        else
        {
            errors.InvalidAll(path.Child("name"), port.Name, LabelNames.DnsLabelErrors(port.Name));
            if (!isNew.Name)
            {
                errors.Duplicate(path.Child("name"), port.Name);
            }
        }

        errors.Port(path.Child("port"), port.Port);
        errors.OneOf(path.Child("protocol"), port.Protocol, "SCTP", "TCP", "UDP");
        ProbeValidation.Port(port.TargetPort, path.Child("targetPort"), errors);
        NodePort(spec, index, isNew.NodePort, path, errors);
        if (!isNew.Port)
        {
            errors.Duplicate(path, new ServicePort { Protocol = port.Protocol, Port = port.Port });
        }
    }

    private static void NodePort(ServiceSpec spec, int index, bool isNew, FieldPath path, FieldErrors errors)
    {
        if (spec.Ports[index].NodePort is not ({ } nodePort and not 0))
        {
            return;
        }

        if (spec.Type is "ClusterIP" or "ExternalName")
        {
            errors.Forbidden(path.Child("nodePort"), $"may not be used when `type` is '{spec.Type}'");
        }
        else if (nodePort is < 30000 or > 32767)
        {
            errors.Invalid(path.Child("nodePort"), nodePort, "provided port is not in the valid range. The range of valid ports is 30000-32767");
        }
        else if (!isNew)
        {
            errors.Duplicate(path.Child("nodePort"), nodePort);
        }
    }

    /// <summary>What the ports before one have taken.</summary>
    private sealed class TakenPorts
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public HashSet<(string? Protocol, int Port)> Ports { get; } = [];

        public HashSet<(string? Protocol, int? Port)> NodePorts { get; } = [];
    }

    private static void Policies(ServiceSpec spec, FieldErrors errors)
    {
        if (spec.InternalTrafficPolicy is not (null or "" or "Cluster" or "Local"))
        {
            errors.NotSupported(FieldPath.Spec.Child("internalTrafficPolicy"), spec.InternalTrafficPolicy, "Cluster", "Local");
        }

        if (spec.ExternalTrafficPolicy is not (null or "" or "Cluster" or "Local"))
        {
            errors.NotSupported(FieldPath.Spec.Child("externalTrafficPolicy"), spec.ExternalTrafficPolicy, "Cluster", "Local");
        }

        for (var i = 0; i < spec.IpFamilies.Count; i++)
        {
            if (spec.IpFamilies[i] is not ("IPv4" or "IPv6"))
            {
                errors.NotSupported(FieldPath.Spec.Child("ipFamilies").Index(i), spec.IpFamilies[i], "IPv4", "IPv6");
            }
        }

        if (spec.IpFamilyPolicy is not (null or "" or "SingleStack" or "PreferDualStack" or "RequireDualStack"))
        {
            errors.NotSupported(
                FieldPath.Spec.Child("ipFamilyPolicy"), spec.IpFamilyPolicy, "SingleStack", "PreferDualStack", "RequireDualStack");
        }
    }
}
