using System.Globalization;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of endpoints.</summary>
internal sealed class EndpointsTable : TablePrinter<Endpoints>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Endpoints", "The addresses with their ports."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(Endpoints obj, DateTimeOffset now) =>
    [
        Name(obj), ShortList.Of(Ready(obj), None), Age(obj, now),
    ];

    private static List<string> Ready(Endpoints endpoints)
    {
        var all = new List<string>();
        foreach (var subset in endpoints.Subsets)
        {
            if (subset.Ports.IsEmpty)
            {
                all.AddRange(subset.Addresses.Select(a => a.Ip));
            }

            foreach (var port in subset.Ports)
            {
                all.AddRange(subset.Addresses.Select(a => HostPort(a.Ip, port.Port)));
            }
        }

        return all;
    }

    private static string HostPort(string ip, int port)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        return ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]:{number}" : $"{ip}:{number}";
    }
}
