using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of service accounts.</summary>
internal sealed class ServiceAccountTable : TablePrinter<ServiceAccount>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Secrets", "How many secrets its pods may mount."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(ServiceAccount obj, DateTimeOffset now) =>
    [
        Name(obj),
        obj.Secrets.Count,
        Age(obj, now),
    ];
}
