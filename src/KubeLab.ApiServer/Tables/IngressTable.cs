using KubeLab.Api.Networking;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of ingresses.</summary>
internal sealed class IngressTable : TablePrinter<Ingress>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Class", "Which class implements it."),
        TableColumn.Text("Hosts", "The hosts of its rules."),
        TableColumn.Text("Address", "Where the world reaches it."),
        TableColumn.Text("Ports", "Its ports."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(Ingress obj, DateTimeOffset now) =>
    [
        Name(obj), obj.Spec.IngressClassName ?? None, Hosts(obj), Address(obj), obj.Spec.Tls.IsEmpty ? "80" : "80, 443", Age(obj, now),
    ];

    private static string Hosts(Ingress ingress) =>
        ShortList.Of([.. ingress.Spec.Rules.Select(r => r.Host).OfType<string>().Where(h => h.Length > 0)], otherwise: "*");

    private static string Address(Ingress ingress) => string.Join(',', ingress.Status.LoadBalancer.Ingress
        .Select(i => string.IsNullOrEmpty(i.Ip) ? i.Hostname ?? "" : i.Ip).Where(a => a.Length > 0).Distinct().Order(StringComparer.Ordinal));
}
