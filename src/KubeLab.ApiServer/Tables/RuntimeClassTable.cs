using KubeLab.Api.Nodes;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of runtime classes.</summary>
internal sealed class RuntimeClassTable : TablePrinter<RuntimeClass>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Handler", "The configuration of the node's container runtime."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(RuntimeClass obj, DateTimeOffset now) =>
    [
        Name(obj), obj.Handler, Age(obj, now),
    ];
}
