using KubeLab.Api.Apps;
using KubeLab.Api.Selecting;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of replica sets.</summary>
internal sealed class ReplicaSetTable : TablePrinter<ReplicaSet>
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

    protected override IReadOnlyList<TableCell> Row(ReplicaSet obj, DateTimeOffset now) =>
    [
        Name(obj), obj.Spec.Replicas ?? 0, obj.Status.Replicas, obj.Status.ReadyReplicas, Age(obj, now),
        TemplateCells.Containers(obj.Spec.Template), TemplateCells.Images(obj.Spec.Template), Selector.From(obj.Spec.Selector).ToString(),
    ];
}
