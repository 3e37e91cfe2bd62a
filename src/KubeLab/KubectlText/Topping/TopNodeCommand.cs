using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Topping;

/// <summary><c>kubectl top node</c>.</summary>
internal sealed class TopNodeCommand : TopCommand
{
    public override string Name => "top node";

    public override IReadOnlyList<string> Aliases => ["nodes", "no"];

    public override string Summary => "Display resource (CPU/memory) usage of nodes.";

    public override Flags Flags => new Flags().Text("selector", 'l').Text("sort-by").Bool("no-headers").Bool("show-capacity").Bool("use-protocol-buffers", value: true);

    public override void Run(Session session, Arguments arguments)
    {
        var measures = Measures(session, arguments, null, "nodes");
        if (measures.Count == 0)
        {
            throw Failure.Error("metrics not available yet");
        }

        var kind = arguments.Bool("show-capacity") ? "capacity" : "allocatable";
        var query = new Query().With("labelSelector", arguments.Text("selector"));
        var nodes = arguments.Words.Count > 0
            ? [new Json(session.Api.Get($"/api/v1/nodes/{arguments.Words[0]}"))]
            : new Json(session.Api.Get($"/api/v1/nodes{query}"))["items"].Items.ToList();
        var available = nodes.ToDictionary(n => n["metadata"]["name"].Text, n => n["status"][kind], StringComparer.Ordinal);
        var writer = TabWriter.ForTables();
        if (!arguments.Bool("no-headers"))
        {
            writer.Write("NAME\tCPU(cores)\tCPU(%)\tMEMORY(bytes)\tMEMORY(%)\t\n");
        }

        foreach (var node in Sorted(measures, arguments.Text("sort-by"), (m, resource) => Usage(m["usage"], resource), m => m["metadata"]["name"].Text))
        {
            var name = node["metadata"]["name"].Text;
            available.Remove(name, out var amounts);
            writer.Write($"{name}\t{Cells(Usage(node["usage"], "cpu"), Usage(node["usage"], "memory"), amounts)}\n");
        }

        foreach (var name in available.Keys.Order(StringComparer.Ordinal))
        {
            writer.Write($"{name}\t<unknown>\t<unknown>\t<unknown>\t<unknown>\t\n");
        }

        session.Out(writer.Take());
    }
}
