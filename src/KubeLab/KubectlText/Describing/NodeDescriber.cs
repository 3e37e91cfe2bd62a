using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a node: its conditions, its resources, and the pods that use them.</summary>
internal sealed class NodeDescriber : IDescriber
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public string Kind => "Node";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json node = info.Object;
        var (metadata, spec, status) = (node["metadata"], node["spec"], node["status"]);
        text.Field("Name", info.Name).Field("Roles", Roles(metadata["labels"]));
        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);
        text.Field("CreationTimestamp", Description.Date(metadata["creationTimestamp"]));
        text.Taints("Taints", spec["taints"]);
        text.Field("Unschedulable", spec["unschedulable"].IsTrue ? "true" : "false");
        Lease(session, info.Name, text);
        Conditions(text, status["conditions"]);
        text.Line(0, "Addresses:");
        foreach (var address in status["addresses"].Items)
        {
            text.Field(address["type"].Text, address["address"].Text, 1);
        }

        Quantities(text, "Capacity", status["capacity"]);
        Quantities(text, "Allocatable", status["allocatable"]);
        SystemInfo(text, status["nodeInfo"]);
        text.FieldIfAny("PodCIDR", spec["podCIDR"].Text);
        text.FieldIfAny("PodCIDRs", string.Join(',', spec["podCIDRs"].Items.Select(cidr => cidr.Text)));
        text.FieldIfAny("ProviderID", spec["providerID"].Text);
        var query = new Query().With("fieldSelector", $"spec.nodeName={info.Name},status.phase!=Succeeded,status.phase!=Failed").With("limit", 500);
        NodeResourceLines.Write(text, node, [.. new Json(session.Api.Get($"/api/v1/pods{query}"))["items"].Items]);
        if (showEvents && EventLines.Fetch(session, node) is { } events)
        {
            // Kubelets write events under the node's name, controllers under its identity.
            events.AddRange(EventLines.Fetch(session, node, uid: info.Name) ?? []);
            text.Events(events);
        }
    }

    private static string Roles(Json labels)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in labels.Fields)
        {
            if (key.StartsWith(RolePrefix, StringComparison.Ordinal) && key.Length > RolePrefix.Length)
            {
                roles.Add(key[RolePrefix.Length..]);
            }
            else if (key == "kubernetes.io/role" && value.Text.Length > 0)
            {
                roles.Add(value.Text);
            }
        }

        return roles.Count == 0 ? "<none>" : string.Join(',', roles);
    }

    private static void Lease(Session session, string name, Description text)
    {
        try
        {
            var lease = new Json(session.Api.Get($"/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/{name}"))["spec"];
            string Time(Json time) => time.Exists ? Description.Date(time) : "<unset>";
            text.Line(0, "Lease:").Field("HolderIdentity", lease["holderIdentity"].Or("<unset>"), 1);
            text.Field("AcquireTime", Time(lease["acquireTime"]), 1).Field("RenewTime", Time(lease["renewTime"]), 1);
        }
        catch (StatusException refusal)
        {
            text.Field("Lease", $"Failed to get lease: {refusal.Message}");
        }
    }

    private static void Conditions(Description text, Json conditions)
    {
        if (conditions.Count == 0)
        {
            return;
        }

        text.Line(0, "Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage");
        text.Line(1, "----\t------\t-----------------\t------------------\t------\t-------");
        foreach (var c in conditions.Items)
        {
            text.Line(1, $"{c["type"].Text} \t{c["status"].Text} \t{Description.Date(c["lastHeartbeatTime"])} \t"
                + $"{Description.Date(c["lastTransitionTime"])} \t{c["reason"].Text} \t{c["message"].Text}");
        }
    }

    private static void Quantities(Description text, string title, Json resources)
    {
        if (resources.Count > 0)
        {
            text.Line(0, $"{title}:");
        }

        foreach (var (name, quantity) in Metadata.Quantities(resources))
        {
            text.Field(name, quantity, 1);
        }
    }

    private static void SystemInfo(Description text, Json info)
    {
        text.Line(0, "System Info:");
        text.Field("Machine ID", info["machineID"].Text, 1).Field("System UUID", info["systemUUID"].Text, 1);
        text.Field("Boot ID", info["bootID"].Text, 1).Field("Kernel Version", info["kernelVersion"].Text, 1);
        text.Field("OS Image", info["osImage"].Text, 1).Field("Operating System", info["operatingSystem"].Text, 1);
        text.Field("Architecture", info["architecture"].Text, 1);
        text.Field("Container Runtime Version", info["containerRuntimeVersion"].Text, 1);
        text.Field("Kubelet Version", info["kubeletVersion"].Text, 1).Field("Kube-Proxy Version", info["kubeProxyVersion"].Text, 1);
    }
}
