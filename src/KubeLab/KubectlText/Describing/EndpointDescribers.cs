using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes an EndpointSlice.</summary>
internal sealed class EndpointSliceDescriber : IDescriber
{
    private const string Unset = "<unset>";

    public string Kind => "EndpointSlice.discovery.k8s.io";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json slice = info.Object;
        text.Field("Name", info.Name).Field("Namespace", slice["metadata"]["namespace"].Text);
        text.Labels("Labels", slice["metadata"]["labels"]);
        text.Annotations("Annotations", slice["metadata"]["annotations"]);
        text.Field("AddressType", slice["addressType"].Text);
        if (slice["ports"].Count == 0)
        {
            text.Line(0, "Ports: <unset>");
        }
        else
        {
            text.Line(0, "Ports:\n  Name\tPort\tProtocol").Line(1, "----\t----\t--------");
            foreach (var port in slice["ports"].Items)
            {
                text.Line(1, $"{port["name"].Or(Unset)}\t{port["port"].Or(Unset)}\t{port["protocol"].Text}");
            }
        }

        text.Line(0, slice["endpoints"].Count == 0 ? "Endpoints: <none>" : "Endpoints:");
        foreach (var endpoint in slice["endpoints"].Items)
        {
            Endpoint(text, endpoint);
        }

        text.Events(showEvents ? EventLines.Fetch(session, slice) : null);
    }

    private static void Endpoint(Description text, Json endpoint)
    {
        text.Field("- Addresses", endpoint["addresses"].Count == 0 ? "<none>" : string.Join(',', endpoint["addresses"].Items.Select(a => a.Text)), 1);
        text.Line(2, "Conditions:").Field("Ready", endpoint["conditions"]["ready"].Or(Unset), 3);
        text.Field("Hostname", endpoint["hostname"].Or(Unset), 2);
        if (endpoint["targetRef"] is { Exists: true } target)
        {
            text.Field("TargetRef", $"{target["kind"].Text}/{target["name"].Text}", 2);
        }

        text.Field("NodeName", endpoint["nodeName"].Or(Unset), 2).Field("Zone", endpoint["zone"].Or(Unset), 2);
    }
}

/// <summary>Describes an Endpoints.</summary>
internal sealed class EndpointsDescriber : IDescriber
{
    public string Kind => "Endpoints";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json endpoints = info.Object;
        text.Field("Name", info.Name).Field("Namespace", endpoints["metadata"]["namespace"].Text);
        text.Labels("Labels", endpoints["metadata"]["labels"]);
        text.Annotations("Annotations", endpoints["metadata"]["annotations"]);
        text.Line(0, "Subsets:");
        foreach (var subset in endpoints["subsets"].Items)
        {
            text.Field("Addresses", Addresses(subset["addresses"]), 1).Field("NotReadyAddresses", Addresses(subset["notReadyAddresses"]), 1);
            if (subset["ports"].Count > 0)
            {
                text.Line(1, "Ports:").Line(2, "Name\tPort\tProtocol").Line(2, "----\t----\t--------");
                foreach (var port in subset["ports"].Items)
                {
                    text.Line(2, $"{port["name"].Or("<unset>")}\t{port["port"].Text}\t{port["protocol"].Text}");
                }
            }

            text.Line(0, "");
        }

        text.Events(showEvents ? EventLines.Fetch(session, endpoints) : null);
    }

    private static string Addresses(Json addresses) => addresses.Count == 0 ? "<none>" : string.Join(',', addresses.Items.Select(a => a["ip"].Text));
}
