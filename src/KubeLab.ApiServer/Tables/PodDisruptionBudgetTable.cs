using KubeLab.Api.Policy;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of disruption budgets.</summary>
internal sealed class PodDisruptionBudgetTable : TablePrinter<PodDisruptionBudget>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Min Available", "How many pods must stay."),
        TableColumn.Text("Max Unavailable", "How many pods may be away."),
        TableColumn.Count("Allowed Disruptions", "How many pods may go now."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(PodDisruptionBudget obj, DateTimeOffset now) =>
    [
        Name(obj),
        obj.Spec.MinAvailable?.ToString() ?? "N/A",
        obj.Spec.MaxUnavailable?.ToString() ?? "N/A",
        obj.Status.DisruptionsAllowed,
        Age(obj, now),
    ];
}
