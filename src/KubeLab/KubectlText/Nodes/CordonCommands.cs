using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Nodes;

/// <summary>What <c>cordon</c>, <c>uncordon</c> and <c>drain</c> share: they say whether a node takes new pods.</summary>
internal abstract class NodeCommand : Command
{
    /// <summary>The nodes that were asked for.</summary>
    /// <exception cref="Failure">None were.</exception>
    protected List<Info> Nodes(Session session, Arguments arguments)
    {
        if (arguments.Words.Count == 0 && arguments.Text("selector").Length == 0)
        {
            throw Misused($"USAGE: {Name} NODE [flags]");
        }

        var finder = new Finder(session, arguments);
        return arguments.Words.Count == 0 ? finder.Find(["nodes"])
            : finder.Find(arguments.Words[0].Contains('/', StringComparison.Ordinal) ? arguments.Words : ["nodes", .. arguments.Words]);
    }

    /// <summary>Closes or opens a node, and says so.</summary>
    protected static void Mark(Session session, ResultPrinter result, Info info, bool isClosed)
    {
        var operation = isClosed ? "cordoned" : "uncordoned";
        if (new Json(info.Object)["spec"]["unschedulable"].IsTrue == isClosed)
        {
            result.Print(info, $"already {operation}");
            return;
        }

        if (!result.IsClientDryRun)
        {
            var patch = new JsonObject { ["spec"] = new JsonObject { ["unschedulable"] = isClosed ? true : null } };
            info.Object = session.Api.Patch(info.Path + result.Query(null), MediaTypes.StrategicMergePatch, GoJson.Compact(patch));
        }

        result.Print(info, operation);
    }
}

/// <summary><c>kubectl cordon</c>.</summary>
internal sealed class CordonCommand : NodeCommand
{
    public override string Name => "cordon";

    public override string Summary => "Mark node as unschedulable.";

    public override Flags Flags => new Flags().DryRun().Text("selector", 'l');

    public override void Run(Session session, Arguments arguments)
    {
        var result = new ResultPrinter(session, arguments);
        foreach (var info in Nodes(session, arguments))
        {
            session.Try(() => Mark(session, result, info, isClosed: true));
        }
    }
}

/// <summary><c>kubectl uncordon</c>.</summary>
internal sealed class UncordonCommand : NodeCommand
{
    public override string Name => "uncordon";

    public override string Summary => "Mark node as schedulable.";

    public override Flags Flags => new Flags().DryRun().Text("selector", 'l');

    public override void Run(Session session, Arguments arguments)
    {
        var result = new ResultPrinter(session, arguments);
        foreach (var info in Nodes(session, arguments))
        {
            session.Try(() => Mark(session, result, info, isClosed: false));
        }
    }
}
