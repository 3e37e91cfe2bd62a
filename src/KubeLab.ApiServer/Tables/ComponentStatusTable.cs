using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of the health of components.</summary>
internal sealed class ComponentStatusTable : TablePrinter<ComponentStatus>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Status", "Healthy or Unhealthy."),
        TableColumn.Text("Message", "What it answered."),
        TableColumn.Text("Error", "Why it could not be asked."),
    ];

    protected override IReadOnlyList<TableCell> Row(ComponentStatus obj, DateTimeOffset now)
    {
        var health = obj.Conditions.Find(c => c.Type == "Healthy");
        var status = health is null ? "Unknown" : health.Status == "True" ? "Healthy" : "Unhealthy";
        return [Name(obj), status, health?.Message ?? "", health?.Error ?? ""];
    }
}
