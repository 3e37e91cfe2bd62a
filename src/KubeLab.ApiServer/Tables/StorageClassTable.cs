using KubeLab.Api.Storage;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of storage classes.</summary>
internal sealed class StorageClassTable : TablePrinter<StorageClass>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Provisioner", "Who makes volumes."),
        TableColumn.Text("ReclaimPolicy", "What becomes of a volume after its claim."),
        TableColumn.Text("VolumeBindingMode", "When volumes are made."),
        TableColumn.Text("AllowVolumeExpansion", "Whether claims may grow."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(StorageClass obj, DateTimeOffset now) =>
    [
        obj.Metadata.Annotations["storageclass.kubernetes.io/is-default-class"] == "true" ? $"{Name(obj)} (default)" : Name(obj),
        obj.Provisioner,
        obj.ReclaimPolicy ?? "Delete",
        obj.VolumeBindingMode ?? "Immediate",
        obj.AllowVolumeExpansion == true ? "true" : "false",
        Age(obj, now),
    ];
}
