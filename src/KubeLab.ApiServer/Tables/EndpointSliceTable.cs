using System.Globalization;
using KubeLab.Api.Discovery;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of endpoint slices.</summary>
internal sealed class EndpointSliceTable : TablePrinter<EndpointSlice>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("AddressType", "What sort of addresses it holds."),
        TableColumn.Text("Ports", "The ports that all of them offer."),
        TableColumn.Text("Endpoints", "The addresses."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(EndpointSlice obj, DateTimeOffset now) =>
    [
        Name(obj), obj.AddressType, ShortList.Of([.. obj.Ports.Select(Port)], Unset),
        ShortList.Of([.. obj.Endpoints.SelectMany(e => e.Addresses)], Unset), Age(obj, now),
    ];

    private const string Unset = "<unset>";

    private static string Port(EndpointPort port) => port.Port?.ToString(CultureInfo.InvariantCulture) ?? port.Name ?? "*";
}
