using KubeLab.Api.Storage;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of storage drivers.</summary>
internal sealed class CSIDriverTable : TablePrinter<CSIDriver>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("AttachRequired", "Whether volumes are attached before they are mounted."),
        TableColumn.Text("PodInfoOnMount", "Whether it is told about the pod."),
        TableColumn.Text("StorageCapacity", "Whether the scheduler looks at its free capacity."),
        TableColumn.Text("TokenRequests", "The tokens that it is given."),
        TableColumn.Text("RequiresRepublish", "Whether it is called again from time to time."),
        TableColumn.Text("Modes", "Which volumes it offers."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(CSIDriver obj, DateTimeOffset now) =>
    [
        Name(obj), Word(obj.Spec.AttachRequired ?? true), Word(obj.Spec.PodInfoOnMount ?? false), Word(obj.Spec.StorageCapacity ?? false),
        Tokens(obj), Word(obj.Spec.RequiresRepublish ?? false), OrNone(string.Join(',', obj.Spec.VolumeLifecycleModes)), Age(obj, now),
    ];

    private static string Word(bool value) => value ? "true" : "false";

    private static string Tokens(CSIDriver driver) => driver.Spec.TokenRequests.IsEmpty
        ? "<unset>"
        : string.Join(',', driver.Spec.TokenRequests.Select(t => t.Audience));
}
