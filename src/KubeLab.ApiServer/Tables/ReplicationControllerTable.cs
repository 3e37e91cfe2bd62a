using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of replication controllers.</summary>
internal sealed class ReplicationControllerTable : TablePrinter<ReplicationController>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Count("Desired", "How many pods are wanted."),
        TableColumn.Count("Current", "How many pods there are."),
        TableColumn.Count("Ready", "How many pods are ready."),
        TableColumn.Age,
        TableColumn.Wide("Containers", "The names of the template's containers."),
        TableColumn.Wide("Images", "The images of the template's containers."),
        TableColumn.Wide("Selector", "Which pods are its own."),
    ];

    protected override IReadOnlyList<TableCell> Row(ReplicationController obj, DateTimeOffset now) =>
    [
        Name(obj), obj.Spec.Replicas ?? 0, obj.Status.Replicas, obj.Status.ReadyReplicas, Age(obj, now),
        TemplateCells.Containers(obj.Spec.Template ?? PodTemplateSpec.Empty), TemplateCells.Images(obj.Spec.Template ?? PodTemplateSpec.Empty), TemplateCells.Labels(obj.Spec.Selector),
    ];
}
