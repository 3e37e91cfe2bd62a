using System.Globalization;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a NetworkPolicy: what may come, and what may go.</summary>
internal sealed class NetworkPolicyDescriber : IDescriber
{
    public string Kind => "NetworkPolicy.networking.k8s.io";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json policy = info.Object;
        var (metadata, spec) = (policy["metadata"], policy["spec"]);
        text.Field("Name", info.Name).Field("Namespace", metadata["namespace"].Text);
        text.Field("Created on", (metadata["creationTimestamp"].Time ?? default).ToString("yyyy-MM-dd HH:mm:ss '+0000 UTC'", CultureInfo.InvariantCulture));
        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);
        text.Line(0, "Spec:");
        var selector = Metadata.SelectorText(spec["podSelector"]);
        text.Line(1, "PodSelector:     " + (selector.Length > 0 ? selector : "<none> (Allowing the specific traffic to all pods in this namespace)"));
        var types = spec["policyTypes"].Items.Select(t => t.Text).ToList();
        Direction(text, types.Contains("Ingress"), "ingress", "source", "From", spec["ingress"], "from");
        Direction(text, types.Contains("Egress"), "egress", "destination", "To", spec["egress"], "to");
        text.Line(1, $"Policy Types: {string.Join(", ", types)}");
    }

    private static void Direction(Description text, bool isOn, string word, string end, string title, Json rules, string field)
    {
        if (!isOn)
        {
            text.Line(1, $"Not affecting {word} traffic");
            return;
        }

        text.Line(1, $"Allowing {word} traffic:");
        if (rules.Count == 0)
        {
            text.Line(2, $"<none> (Selected pods are isolated for {word} connectivity)");
            return;
        }

        var isFirst = true;
        foreach (var rule in rules.Items)
        {
            text.Write(0, isFirst ? "" : "    ----------\n");
            isFirst = false;
            Ports(text, rule["ports"]);
            if (rule[field].Count == 0)
            {
                text.Line(2, $"{title}: <any> (traffic not restricted by {end})");
            }

            foreach (var peer in rule[field].Items)
            {
                text.Line(2, $"{title}:");
                Peer(text, peer);
            }
        }
    }

    private static void Ports(Description text, Json ports)
    {
        if (ports.Count == 0)
        {
            text.Line(2, "To Port: <any> (traffic allowed to all ports)");
        }

        foreach (var port in ports.Items)
        {
            var (number, protocol) = (port["port"].Or("<any>"), port["protocol"].Or("TCP"));
            text.Line(2, port["endPort"].Exists ? $"To Port Range: {number}-{port["endPort"].Text}/{protocol}" : $"To Port: {number}/{protocol}");
        }
    }

    private static void Peer(Description text, Json peer)
    {
        foreach (var (field, title) in new[] { ("namespaceSelector", "NamespaceSelector"), ("podSelector", "PodSelector") })
        {
            if (peer[field].Exists)
            {
                var selector = Metadata.SelectorText(peer[field]);
                text.Line(3, $"{title}: {(selector.Length > 0 ? selector : "<none>")}");
            }
        }

        if (peer["ipBlock"] is { Exists: true } block)
        {
            text.Line(3, "IPBlock:").Line(4, $"CIDR: {block["cidr"].Text}");
            text.Line(4, $"Except: {string.Join(", ", block["except"].Items.Select(e => e.Text))}");
        }
    }
}
