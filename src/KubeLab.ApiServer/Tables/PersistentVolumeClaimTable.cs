using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of claims.</summary>
internal sealed class PersistentVolumeClaimTable : TablePrinter<PersistentVolumeClaim>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Status", "Whether it has a volume."),
        TableColumn.Text("Volume", "The volume."),
        TableColumn.Text("Capacity", "How much it is."),
        TableColumn.Text("Access Modes", "How it may be mounted."),
        TableColumn.Text("StorageClass", "Which sort of storage."),
        TableColumn.Text("VolumeAttributesClass", "How fast the storage is."),
        TableColumn.Age,
        TableColumn.Wide("VolumeMode", "Whether it is a file system or a block device."),
    ];

    protected override IReadOnlyList<TableCell> Row(PersistentVolumeClaim obj, DateTimeOffset now) =>
    [
        Name(obj),
        obj.Metadata.DeletionTimestamp is null ? obj.Status.Phase ?? "" : "Terminating",
        obj.Spec.VolumeName ?? "",
        VolumeCells.Capacity(obj),
        VolumeCells.Modes(string.IsNullOrEmpty(obj.Spec.VolumeName) ? default : obj.Status.AccessModes),
        obj.Spec.StorageClassName ?? "",
        obj.Spec.VolumeAttributesClassName ?? "<unset>",
        Age(obj, now),
        obj.Spec.VolumeMode ?? "<unset>",
    ];
}
