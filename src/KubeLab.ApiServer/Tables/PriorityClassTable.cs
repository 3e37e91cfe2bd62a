using KubeLab.Api.Scheduling;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of priority classes.</summary>
internal sealed class PriorityClassTable : TablePrinter<PriorityClass>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Count("Value", "The number; the greater goes first."),
        new("Global-Default", "boolean", "Whether it is for pods that name none."),
        TableColumn.Age,
        TableColumn.Text("PreemptionPolicy", "Whether its pods push others away."),
    ];

    protected override IReadOnlyList<TableCell> Row(PriorityClass obj, DateTimeOffset now) =>
    [
        Name(obj),
        obj.Value,
        obj.GlobalDefault ? "true" : "false",
        Age(obj, now),
        obj.PreemptionPolicy ?? "",
    ];
}
