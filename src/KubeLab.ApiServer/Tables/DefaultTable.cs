using KubeLab.Api;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of kinds that have no printer of their own: name and time of creation.</summary>
internal sealed class DefaultTable : TablePrinter
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
        [TableColumn.ObjectName, new("Created At", "date", "When the object was created.")];

    public override IReadOnlyList<TableCell> Row(IApiObject obj, DateTimeOffset now) =>
        [obj.Metadata.Name ?? "", obj.Metadata.CreationTimestamp?.ToString() ?? "<unknown>"];
}
