using KubeLab.Api;
using KubeLab.ApiServer.Tables;

namespace KubeLab.ApiServer.Converting;

/// <summary>The table of a kind that is stored in another version: that version prints it.</summary>
internal sealed class ConvertedTable(TablePrinter stored, Func<IApiObject, IApiObject> toStored) : TablePrinter
{
    public override IReadOnlyList<TableColumn> Columns => stored.Columns;

    public override IReadOnlyList<TableCell> Row(IApiObject obj, DateTimeOffset now) => stored.Row(toStored(obj), now);
}
