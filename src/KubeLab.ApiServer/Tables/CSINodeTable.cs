using KubeLab.Api.Storage;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of the storage drivers of nodes.</summary>
internal sealed class CSINodeTable : TablePrinter<CSINode>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Count("Drivers", "How many drivers the node has."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(CSINode obj, DateTimeOffset now) =>
    [
        Name(obj), obj.Spec.Drivers.Count, Age(obj, now),
    ];
}
