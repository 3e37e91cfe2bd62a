using System.Globalization;
using KubeLab.Api.Apps;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of stateful sets.</summary>
internal sealed class StatefulSetTable : TablePrinter<StatefulSet>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Ready", "How many of the wanted pods are ready."),
        TableColumn.Age,
        TableColumn.Wide("Containers", "The names of the template's containers."),
        TableColumn.Wide("Images", "The images of the template's containers."),
    ];

    protected override IReadOnlyList<TableCell> Row(StatefulSet obj, DateTimeOffset now) =>
    [
        Name(obj),
        string.Create(CultureInfo.InvariantCulture, $"{obj.Status.ReadyReplicas}/{obj.Spec.Replicas ?? 0}"),
        Age(obj, now),
        TemplateCells.Containers(obj.Spec.Template),
        TemplateCells.Images(obj.Spec.Template),
    ];
}
