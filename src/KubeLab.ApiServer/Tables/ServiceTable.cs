using System.Globalization;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of services.</summary>
internal sealed class ServiceTable : TablePrinter<Service>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Type", "How the service is reached."),
        TableColumn.Text("Cluster-IP", "Its address inside the cluster."),
        TableColumn.Text("External-IP", "Its addresses outside the cluster."),
        TableColumn.Text("Port(s)", "Its ports, each with the port on every node if it has one."),
        TableColumn.Age,
        TableColumn.Wide("Selector", "The labels of its pods."),
    ];

    protected override IReadOnlyList<TableCell> Row(Service obj, DateTimeOffset now) =>
    [
        Name(obj), obj.Spec.Type ?? "", OrNone(obj.Spec.ClusterIPs.Count > 0 ? obj.Spec.ClusterIPs[0] : obj.Spec.ClusterIP), External(obj),
        OrNone(string.Join(',', obj.Spec.Ports.Select(Port))), Age(obj, now),
        OrNone(string.Join(',', obj.Spec.Selector.Select(p => $"{p.Key}={p.Value}"))),
    ];

    private static string Port(ServicePort port) => port.NodePort is > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{port.Port}:{port.NodePort}/{port.Protocol}")
        : string.Create(CultureInfo.InvariantCulture, $"{port.Port}/{port.Protocol}");

    private static string External(Service service) => service.Spec.Type switch
    {
        "ClusterIP" or "NodePort" => OrNone(string.Join(',', service.Spec.ExternalIPs)),
        "LoadBalancer" => Balanced(service) is { Length: > 0 } addresses ? addresses : "<pending>",
        "ExternalName" => service.Spec.ExternalName ?? "",
        _ => "<unknown>",
    };

    private static string Balanced(Service service)
    {
        var addresses = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var ingress in service.Status?.LoadBalancer?.Ingress ?? default)
        {
            if ((string.IsNullOrEmpty(ingress.Ip) ? ingress.Hostname : ingress.Ip) is { Length: > 0 } address)
            {
                addresses.Add(address);
            }
        }

        return string.Join(',', addresses.Concat(service.Spec.ExternalIPs));
    }
}
