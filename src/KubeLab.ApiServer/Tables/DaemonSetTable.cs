using KubeLab.Api.Apps;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of daemon sets.</summary>
internal sealed class DaemonSetTable : TablePrinter<DaemonSet>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Count("Desired", "How many nodes should have a pod."),
        TableColumn.Count("Current", "How many nodes have one."),
        TableColumn.Count("Ready", "How many pods are ready."),
        TableColumn.Count("Up-to-date", "How many pods have the newest template."),
        TableColumn.Count("Available", "How many pods have been ready for long enough."),
        TableColumn.Text("Node Selector", "Which nodes get a pod."),
        TableColumn.Age,
        TableColumn.Wide("Containers", "The names of the template's containers."),
        TableColumn.Wide("Images", "The images of the template's containers."),
        TableColumn.Wide("Selector", "Which pods are its own."),
    ];

    protected override IReadOnlyList<TableCell> Row(DaemonSet obj, DateTimeOffset now) =>
    [
        Name(obj),
        obj.Status.DesiredNumberScheduled,
        obj.Status.CurrentNumberScheduled,
        obj.Status.NumberReady,
        obj.Status.UpdatedNumberScheduled,
        obj.Status.NumberAvailable,
        TemplateCells.Labels(obj.Spec.Template.Spec.NodeSelector),
        Age(obj, now),
        TemplateCells.Containers(obj.Spec.Template),
        TemplateCells.Images(obj.Spec.Template),
        TemplateCells.Chosen(obj.Spec.Selector),
    ];
}
