using KubeLab.Api;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Topping;

/// <summary><c>kubectl top pod</c>.</summary>
internal sealed class TopPodCommand : TopCommand
{
    // Younger pods may not have been measured yet.
    private static readonly TimeSpan MeasuredAfter = TimeSpan.FromMinutes(2);

    public override string Name => "top pod";

    public override IReadOnlyList<string> Aliases => ["pods", "po"];

    public override string Summary => "Display resource (CPU/memory) usage of pods.";

    public override Flags Flags => new Flags().Selector().Bool("all-namespaces", 'A').Text("sort-by").Bool("no-headers").Bool("containers").Bool("sum")
        .Bool("use-protocol-buffers", value: true);

    public override void Run(Session session, Arguments arguments)
    {
        var isEverywhere = arguments.Bool("all-namespaces");
        var measures = Measures(session, arguments, isEverywhere ? null : session.Namespace, "pods");
        if (measures.Count == 0)
        {
            SayWhyEmpty(session, arguments, isEverywhere);
            return;
        }

        var containers = arguments.Bool("containers");
        var before = (isEverywhere ? 1 : 0) + (containers ? 1 : 0);
        var writer = TabWriter.ForTables();
        if (!arguments.Bool("no-headers"))
        {
            writer.Write($"{(isEverywhere ? "NAMESPACE\t" : "")}{(containers ? "POD\t" : "")}NAME\tCPU(cores)\tMEMORY(bytes)\t\n");
        }

        foreach (var pod in Sorted(measures, arguments.Text("sort-by"), Sum, m => isEverywhere ? $"{m["metadata"]["namespace"].Text}/{m["metadata"]["name"].Text}" : m["metadata"]["name"].Text))
        {
            Write(writer, pod, isEverywhere, containers, arguments.Text("sort-by"));
        }

        if (arguments.Bool("sum"))
        {
            var margin = string.Concat(Enumerable.Repeat("\t", before));
            writer.Write($"{margin}\t________\t________\t\n{margin}\t{Cells(Sum(measures, "cpu"), Sum(measures, "memory"), default)}\n");
        }

        session.Out(writer.Take());
    }

    private static void Write(TabWriter writer, Json pod, bool isEverywhere, bool containers, string sortBy)
    {
        var (ns, name) = (isEverywhere ? pod["metadata"]["namespace"].Text + "\t" : "", pod["metadata"]["name"].Text);
        if (!containers)
        {
            writer.Write($"{ns}{name}\t{Cells(Sum(pod, "cpu"), Sum(pod, "memory"), default)}\n");
            return;
        }

        foreach (var container in Sorted(pod["containers"].Items, sortBy, (c, resource) => Usage(c["usage"], resource), c => c["name"].Text))
        {
            writer.Write($"{ns}{name}\t{container["name"].Text}\t{Cells(Usage(container["usage"], "cpu"), Usage(container["usage"], "memory"), default)}\n");
        }
    }

    private static Quantity Sum(Json pod, string resource) => pod["containers"].Items.Aggregate(default(Quantity), (sum, c) => sum + Usage(c["usage"], resource));

    private static Quantity Sum(IEnumerable<Json> pods, string resource) => pods.Aggregate(default(Quantity), (sum, pod) => sum + Sum(pod, resource));

    private static void SayWhyEmpty(Session session, Arguments arguments, bool isEverywhere)
    {
        var query = new Query().With("labelSelector", arguments.Text("selector")).With("fieldSelector", arguments.Text("field-selector"));
        var pods = new Json(session.Api.Get(isEverywhere ? $"/api/v1/pods{query}" : $"/api/v1/namespaces/{session.Namespace}/pods{query}"))["items"].Items.ToList();
        if (pods.Count == 0)
        {
            session.Error(isEverywhere ? "No resources found\n" : $"No resources found in {session.Namespace} namespace.\n");
            return;
        }

        foreach (var pod in pods)
        {
            if (pod["metadata"]["creationTimestamp"].Time is { } created && session.Host.Now - created is var age && age > MeasuredAfter)
            {
                throw Failure.Error($"Metrics not available for pod {pod["metadata"]["namespace"].Text}/{pod["metadata"]["name"].Text}, age: {Api.GoDuration.Of(age)}");
            }
        }

        throw Failure.Error("metrics not available yet");
    }
}
