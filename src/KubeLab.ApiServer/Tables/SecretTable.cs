using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of secrets.</summary>
internal sealed class SecretTable : TablePrinter<Secret>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Type", "What the secret is for."),
        TableColumn.Text("Data", "How many keys the secret holds."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(Secret obj, DateTimeOffset now) =>
    [
        Name(obj),
        obj.Type ?? "",
        obj.Data.Count,
        Age(obj, now),
    ];
}
