using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Setting;

/// <summary><c>kubectl scale</c>.</summary>
internal sealed class ScaleCommand : Command
{
    public override string Name => "scale";

    public override string Summary => "Set a new size for a deployment, replica set, replication controller, or stateful set.";

    public override Flags Flags => new Flags().Files().Output().DryRun().Selector().Bool("all").Int("replicas").Int("current-replicas", value: -1)
        .Text("resource-version").Duration("timeout");

    public override void Run(Session session, Arguments arguments)
    {
        if (!arguments.Has("replicas"))
        {
            throw Failure.Error("required flag(s) \"replicas\" not set");
        }

        if (arguments.Int("replicas") < 0)
        {
            throw Failure.Error("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0");
        }

        var result = new ResultPrinter(session, arguments);
        var infos = new Finder(session, arguments) { TakesAll = arguments.Bool("all") }.Find(arguments.Words);
        foreach (var info in infos)
        {
            session.Try(() =>
            {
                Scale(session, arguments, result, info);
                result.Print(info, "scaled");
            });
        }

        if (infos.Count == 0)
        {
            var why = session.TakeFailures().Select(failure => $" {failure.Message}");
            throw Failure.Error($"no objects passed to scale{string.Concat(why)}");
        }
    }

    private static void Scale(Session session, Arguments arguments, ResultPrinter result, Info info)
    {
        if (result.IsClientDryRun)
        {
            return;
        }

        var path = info.Resource.Path(info.Namespace, info.Name, "scale");
        var (replicas, current, version) = (arguments.Int("replicas"), arguments.Int("current-replicas"), arguments.Text("resource-version"));
        if (current < 0 && version.Length == 0)
        {
            var patch = new JsonObject { ["spec"] = new JsonObject { ["replicas"] = replicas } };
            session.Api.Patch(path + result.Query(null), MediaTypes.MergePatch, GoJson.Compact(patch));
            return;
        }

        var scale = session.Api.Get(path);
        var json = new Json(scale);
        if (current >= 0 && json["spec"]["replicas"].Int != current)
        {
            throw Failure.Error($"Expected replicas to be {current}, was {json["spec"]["replicas"].Int}");
        }

        if (version.Length > 0 && json["metadata"]["resourceVersion"].Text != version)
        {
            throw Failure.Error($"Expected resource version to be {version}, was {json["metadata"]["resourceVersion"].Text}");
        }

        scale["spec"]!["replicas"] = replicas;
        session.Api.Put(path + result.Query(null), scale);
    }
}
