using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of nodes.</summary>
internal sealed class NodeTable : TablePrinter<Node>
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Status", "Whether the node is ready, and whether it is cordoned."),
        TableColumn.Text("Roles", "What the node is for, from its labels."),
        TableColumn.Age,
        TableColumn.Text("Version", "The version of the node's kubelet."),
        TableColumn.Wide("Internal-IP", "The node's address inside the cluster."),
        TableColumn.Wide("External-IP", "The node's address outside the cluster."),
        TableColumn.Wide("OS-Image", "The node's operating system."),
        TableColumn.Wide("Kernel-Version", "The node's kernel."),
        TableColumn.Wide("Container-Runtime", "What runs the node's containers."),
    ];

    protected override IReadOnlyList<TableCell> Row(Node obj, DateTimeOffset now)
    {
        var info = obj.Status.NodeInfo;
        return
        [
            Name(obj), StatusOf(obj), Roles(obj), Age(obj, now), info?.KubeletVersion ?? "", Address(obj, "InternalIP"), Address(obj, "ExternalIP"),
            OrUnknown(info?.OsImage), OrUnknown(info?.KernelVersion), OrUnknown(info?.ContainerRuntimeVersion),
        ];
    }

    private static string StatusOf(Node node)
    {
        var ready = node.Status.Conditions.Find(c => c.Type == "Ready");
        var text = ready is null ? "Unknown" : ready.Status == "True" ? "Ready" : "NotReady";
        return node.Spec.Unschedulable ? $"{text},SchedulingDisabled" : text;
    }

    private static string Roles(Node node)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Metadata.Labels)
        {
            if (key.StartsWith(RolePrefix, StringComparison.Ordinal) && key.Length > RolePrefix.Length)
            {
                roles.Add(key[RolePrefix.Length..]);
            }
            else if (key == "kubernetes.io/role" && value.Length > 0)
            {
                roles.Add(value);
            }
        }

        return OrNone(string.Join(',', roles));
    }

    private static string Address(Node node, string type) => OrNone(node.Status.Addresses.Find(a => a.Type == type)?.Address);

    private static string OrUnknown(string? text) => string.IsNullOrEmpty(text) ? "<unknown>" : text;
}
