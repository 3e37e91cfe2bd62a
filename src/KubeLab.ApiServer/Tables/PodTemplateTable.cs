using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of pod templates.</summary>
internal sealed class PodTemplateTable : TablePrinter<PodTemplate>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Containers", "The names of the template's containers."),
        TableColumn.Text("Images", "The images of the template's containers."),
        TableColumn.Text("Pod Labels", "The labels of the template's pods."),
    ];

    protected override IReadOnlyList<TableCell> Row(PodTemplate obj, DateTimeOffset now) =>
    [
        Name(obj), TemplateCells.Containers(obj.Template), TemplateCells.Images(obj.Template), TemplateCells.Labels(obj.Template.Metadata.Labels),
    ];
}
