using KubeLab.Api.Storage;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of volume attachments.</summary>
internal sealed class VolumeAttachmentTable : TablePrinter<VolumeAttachment>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Attacher", "The driver that does it."),
        TableColumn.Text("PV", "The volume."),
        TableColumn.Text("Node", "The node."),
        TableColumn.Text("Attached", "Whether it is attached."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(VolumeAttachment obj, DateTimeOffset now) =>
    [
        Name(obj), obj.Spec.Attacher, obj.Spec.Source.PersistentVolumeName ?? "", obj.Spec.NodeName, obj.Status.Attached ? "true" : "false", Age(obj, now),
    ];
}
