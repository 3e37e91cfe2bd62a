using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of namespaces.</summary>
internal sealed class NamespaceTable : TablePrinter<Namespace>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
        [TableColumn.ObjectName, TableColumn.Text("Status", "Whether the namespace is active or on its way out."), TableColumn.Age];

    protected override IReadOnlyList<TableCell> Row(Namespace obj, DateTimeOffset now) =>
        [Name(obj), obj.Status?.Phase ?? "", Age(obj, now)];
}
