using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Patching;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Rolling;

/// <summary>What <c>rollout restart</c>, <c>pause</c> and <c>resume</c> share: one small patch.</summary>
internal abstract class RolloutChangeCommand : Command
{
    public override Flags Flags => new Flags().Files().Selector().Output().Text("field-manager", value: "kubectl-rollout");

    public override void Run(Session session, Arguments arguments)
    {
        var result = new ResultPrinter(session, arguments);
        foreach (var info in RolloutTarget.Find(session, arguments))
        {
            session.Try(() =>
            {
                var (operation, patch) = Change(session, info);
                info.Object = session.Api.Patch(
                    info.Path + result.Query(arguments.Text("field-manager")), MergeStyle.Of(info.Resource).ContentType, GoJson.Compact(patch));
                result.Print(info, operation);
            });
        }
    }

    /// <summary>What is said afterwards, and the patch.</summary>
    protected abstract (string Operation, JsonNode Patch) Change(Session session, Info info);
}

/// <summary><c>kubectl rollout restart</c>.</summary>
internal sealed class RolloutRestartCommand : RolloutChangeCommand
{
    public override string Name => "rollout restart";

    public override string Summary => "Restart a resource.";

    protected override (string Operation, JsonNode Patch) Change(Session session, Info info)
    {
        RolloutTarget.Demand(info, "restarting", deploymentOnly: false);
        if (new Json(info.Object)["spec"]["paused"].IsTrue)
        {
            throw Failure.Error($"{info.Resource.QualifiedName} \"{info.Name}\" can't restart paused deployment (run rollout resume first)");
        }

        var annotation = new JsonObject { ["kubectl.kubernetes.io/restartedAt"] = new Api.Timestamp(session.Host.Now).ToString() };
        return ("restarted", Nested(annotation, "spec", "template", "metadata", "annotations"));
    }

    private static JsonNode Nested(JsonNode value, params string[] path) =>
        path.Reverse().Aggregate(value, (inner, field) => new JsonObject { [field] = inner });
}

/// <summary><c>kubectl rollout pause</c>.</summary>
internal sealed class RolloutPauseCommand : RolloutChangeCommand
{
    public override string Name => "rollout pause";

    public override string Summary => "Mark the provided resource as paused.";

    protected override (string Operation, JsonNode Patch) Change(Session session, Info info)
    {
        RolloutTarget.Demand(info, "pausing");
        return new Json(info.Object)["spec"]["paused"].IsTrue
            ? throw Failure.Error($"{info.Resource.QualifiedName} \"{info.Name}\" is already paused")
            : ("paused", new JsonObject { ["spec"] = new JsonObject { ["paused"] = true } });
    }
}

/// <summary><c>kubectl rollout resume</c>.</summary>
internal sealed class RolloutResumeCommand : RolloutChangeCommand
{
    public override string Name => "rollout resume";

    public override string Summary => "Resume a paused resource.";

    protected override (string Operation, JsonNode Patch) Change(Session session, Info info)
    {
        RolloutTarget.Demand(info, "resuming");
        return new Json(info.Object)["spec"]["paused"].IsTrue
            ? ("resumed", new JsonObject { ["spec"] = new JsonObject { ["paused"] = null } })
            : throw Failure.Error($"{info.Resource.QualifiedName} \"{info.Name}\" is not paused");
    }
}
