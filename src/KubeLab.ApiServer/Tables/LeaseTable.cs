using KubeLab.Api.Coordination;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of leases.</summary>
internal sealed class LeaseTable : TablePrinter<Lease>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
        [TableColumn.ObjectName, TableColumn.Text("Holder", "Who holds the lease."), TableColumn.Age];

    protected override IReadOnlyList<TableCell> Row(Lease obj, DateTimeOffset now) =>
        [Name(obj), obj.Spec.HolderIdentity ?? "", Age(obj, now)];
}
