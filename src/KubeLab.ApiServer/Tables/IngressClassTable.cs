using KubeLab.Api.Networking;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of ingress classes.</summary>
internal sealed class IngressClassTable : TablePrinter<IngressClass>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Controller", "Who implements it."),
        TableColumn.Text("Parameters", "The object that holds its parameters."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(IngressClass obj, DateTimeOffset now) =>
    [
        Name(obj), obj.Spec.Controller ?? "", Parameters(obj.Spec.Parameters), Age(obj, now),
    ];

    private static string Parameters(IngressClassParametersReference? reference) => reference is null ? None
        : string.IsNullOrEmpty(reference.ApiGroup) ? $"{reference.Kind}/{reference.Name}" : $"{reference.Kind}.{reference.ApiGroup}/{reference.Name}";
}
