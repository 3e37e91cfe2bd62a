using System.Globalization;
using KubeLab.Api.Apps;
using KubeLab.Api.Selecting;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of deployments.</summary>
internal sealed class DeploymentTable : TablePrinter<Deployment>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Ready", "How many of the wanted pods are ready."),
        TableColumn.Text("Up-to-date", "How many pods have the newest template."),
        TableColumn.Text("Available", "How many pods have been ready for long enough."),
        TableColumn.Age,
        TableColumn.Wide("Containers", "The names of the template's containers."),
        TableColumn.Wide("Images", "The images of the template's containers."),
        TableColumn.Wide("Selector", "Which pods are its own."),
    ];

    protected override IReadOnlyList<TableCell> Row(Deployment obj, DateTimeOffset now) =>
    [
        Name(obj), string.Create(CultureInfo.InvariantCulture, $"{obj.Status.ReadyReplicas}/{obj.Spec.Replicas ?? 0}"), obj.Status.UpdatedReplicas,
        obj.Status.AvailableReplicas, Age(obj, now), TemplateCells.Containers(obj.Spec.Template), TemplateCells.Images(obj.Spec.Template),
        Selector.From(obj.Spec.Selector).ToString(),
    ];
}
