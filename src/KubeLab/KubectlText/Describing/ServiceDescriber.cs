using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a Service and the endpoints behind it.</summary>
internal sealed class ServiceDescriber : IDescriber
{
    private const int EndpointsShown = 3;

    public string Kind => "Service";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json service = info.Object;
        var (metadata, spec) = (service["metadata"], service["spec"]);
        text.Field("Name", info.Name).Field("Namespace", metadata["namespace"].Text);
        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);
        text.Field("Selector", TablePrinter.Labels(spec["selector"])).Field("Type", spec["type"].Text);
        text.FieldIfAny("IP Family Policy", spec["ipFamilyPolicy"].Text);
        text.Field("IP Families", ListOf(spec["ipFamilies"])).Field("IP", spec["clusterIP"].Text).Field("IPs", ListOf(spec["clusterIPs"]));
        if (spec["externalIPs"].Count > 0)
        {
            text.Field("External IPs", ListOf(spec["externalIPs"]));
        }

        text.FieldIfAny("Desired LoadBalancer IP", spec["loadBalancerIP"].Text).FieldIfAny("External Name", spec["externalName"].Text);
        var ingress = service["status"]["loadBalancer"]["ingress"];
        if (ingress.Count > 0)
        {
            text.Field("LoadBalancer Ingress", string.Join(", ", ingress.Items.Select(IngressText)));
        }

        Ports(text, spec["ports"], Slices(session, info.Namespace, info.Name));
        text.Field("Session Affinity", spec["sessionAffinity"].Text);
        text.FieldIfAny("External Traffic Policy", spec["externalTrafficPolicy"].Text);
        text.FieldIfAny("Internal Traffic Policy", spec["internalTrafficPolicy"].Text);
        if (spec["healthCheckNodePort"].Int != 0)
        {
            text.Field("HealthCheck NodePort", spec["healthCheckNodePort"].Text);
        }

        if (spec["loadBalancerSourceRanges"].Count > 0)
        {
            text.Field("LoadBalancer Source Ranges", ListOf(spec["loadBalancerSourceRanges"]));
        }

        text.FieldIfAny("Traffic Distribution", spec["trafficDistribution"].Text);
        text.Events(showEvents ? EventLines.Fetch(session, service) : null);
    }

    /// <summary>The endpoint slices of a service; none when they cannot be had.</summary>
    public static List<Json> Slices(Session session, string? ns, string name)
    {
        try
        {
            var query = new Query().With("labelSelector", $"kubernetes.io/service-name={name}");
            return [.. new Json(session.Api.Get($"/apis/discovery.k8s.io/v1/namespaces/{ns}/endpointslices{query}"))["items"].Items];
        }
        catch (StatusException)
        {
            return [];
        }
    }

    private static void Ports(Description text, Json ports, List<Json> slices)
    {
        foreach (var port in ports.Items)
        {
            var (name, protocol) = (port["name"].Or("<unset>"), port["protocol"].Text);
            text.Field("Port", $"{name}\t{port["port"].Text}/{protocol}").Field("TargetPort", $"{port["targetPort"].Or("0")}/{protocol}");
            text.FieldIfAny("AppProtocol", port["appProtocol"].Text);
            if (port["nodePort"].Int != 0)
            {
                text.Field("NodePort", $"{name}\t{port["nodePort"].Text}/{protocol}");
            }

            text.Field("Endpoints", Endpoints(slices, port["name"].Text));
        }
    }

    /// <summary>The addresses behind a port, the first few of them.</summary>
    public static string Endpoints(List<Json> slices, string portName)
    {
        if (slices.Count == 0)
        {
            return "<none>";
        }

        var all = new List<string>();
        foreach (var slice in slices)
        {
            var ready = slice["endpoints"].Items.Where(e => !e["conditions"]["ready"].Exists || e["conditions"]["ready"].IsTrue)
                .Select(e => e["addresses"][0].Text).ToList();
            all.AddRange(slice["ports"].Count == 0
                ? ready
                : slice["ports"].Items.Where(p => p["name"].Text == portName).SelectMany(p => ready.Select(ip => Join(ip, p["port"].Text))));
        }

        var text = string.Join(',', all.Take(EndpointsShown));
        return all.Count > EndpointsShown ? $"{text} + {all.Count - EndpointsShown} more..." : text;
    }

    private static string Join(string ip, string port) => ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]:{port}" : $"{ip}:{port}";

    private static string IngressText(Json ingress) => ingress["ip"].Text.Length == 0
        ? ingress["hostname"].Text
        : ingress["ip"].Text + (ingress["ipMode"].Text.Length > 0 ? $" ({ingress["ipMode"].Text})" : "");

    private static string ListOf(Json list) => list.Count == 0 ? "<none>" : string.Join(',', list.Items.Select(item => item.Text));
}
