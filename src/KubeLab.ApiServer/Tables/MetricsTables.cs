using KubeLab.Api.Metrics;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of what pods use, as a metrics server prints it.</summary>
internal sealed class PodMetricsTable : TablePrinter<PodMetrics>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
        [TableColumn.ObjectName, TableColumn.Text("cpu", "CPU, in cores."), TableColumn.Text("memory", "Memory."), TableColumn.Text("Window", "Over which time.")];

    protected override IReadOnlyList<TableCell> Row(PodMetrics obj, DateTimeOffset now) =>
        [Name(obj), Sum(obj, "cpu"), Sum(obj, "memory"), obj.Window];

    private static string Sum(PodMetrics pod, string resource)
    {
        Api.Quantity? sum = null;
        foreach (var container in pod.Containers)
        {
            sum = container.Usage[resource] is { } more ? sum is { } before ? before + more : more : sum;
        }

        return sum?.ToString() ?? "";
    }
}

/// <summary>The table of what nodes use, as a metrics server prints it.</summary>
internal sealed class NodeMetricsTable : TablePrinter<NodeMetrics>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
        [TableColumn.ObjectName, TableColumn.Text("cpu", "CPU, in cores."), TableColumn.Text("memory", "Memory."), TableColumn.Text("Window", "Over which time.")];

    protected override IReadOnlyList<TableCell> Row(NodeMetrics obj, DateTimeOffset now) =>
        [Name(obj), obj.Usage["cpu"]?.ToString() ?? "", obj.Usage["memory"]?.ToString() ?? "", obj.Window];
}
