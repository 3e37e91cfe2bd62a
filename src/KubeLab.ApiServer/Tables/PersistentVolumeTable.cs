using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of volumes.</summary>
internal sealed class PersistentVolumeTable : TablePrinter<PersistentVolume>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Capacity", "How much it is."),
        TableColumn.Text("Access Modes", "How it may be mounted."),
        TableColumn.Text("Reclaim Policy", "What becomes of it after its claim."),
        TableColumn.Text("Status", "What became of it."),
        TableColumn.Text("Claim", "The claim that has it."),
        TableColumn.Text("StorageClass", "Which sort of storage."),
        TableColumn.Text("VolumeAttributesClass", "How fast it is."),
        TableColumn.Text("Reason", "Why it is in this state."),
        TableColumn.Age,
        TableColumn.Wide("VolumeMode", "Whether it is a file system or a block device."),
    ];

    protected override IReadOnlyList<TableCell> Row(PersistentVolume obj, DateTimeOffset now) =>
    [
        Name(obj),
        obj.Spec.Capacity["storage"]?.ToString() ?? "0",
        VolumeCells.Modes(obj.Spec.AccessModes),
        obj.Spec.PersistentVolumeReclaimPolicy ?? "",
        obj.Metadata.DeletionTimestamp is null ? obj.Status.Phase ?? "" : "Terminating",
        obj.Spec.ClaimRef is { } claim ? $"{claim.Namespace}/{claim.Name}" : "",
        obj.Spec.StorageClassName ?? "",
        obj.Spec.VolumeAttributesClassName ?? "<unset>",
        obj.Status.Reason ?? "",
        Age(obj, now),
        obj.Spec.VolumeMode ?? "<unset>",
    ];
}
