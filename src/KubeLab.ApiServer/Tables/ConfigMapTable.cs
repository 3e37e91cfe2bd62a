using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of config maps.</summary>
internal sealed class ConfigMapTable : TablePrinter<ConfigMap>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
        [TableColumn.ObjectName, TableColumn.Text("Data", "How many keys the config map holds, texts and bytes."), TableColumn.Age];

    protected override IReadOnlyList<TableCell> Row(ConfigMap obj, DateTimeOffset now) =>
        [Name(obj), obj.Data.Count + obj.BinaryData.Count, Age(obj, now)];
}
