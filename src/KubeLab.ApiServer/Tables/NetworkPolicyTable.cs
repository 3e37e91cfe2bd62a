using KubeLab.Api.Networking;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of network policies.</summary>
internal sealed class NetworkPolicyTable : TablePrinter<NetworkPolicy>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Pod-Selector", "Which pods it is about."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(NetworkPolicy obj, DateTimeOffset now) =>
    [
        Name(obj), TemplateCells.Chosen(obj.Spec.PodSelector), Age(obj, now),
    ];
}
