using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;

namespace KubeLab.KubectlText.Creating;

/// <summary><c>kubectl create cronjob</c>.</summary>
internal sealed class CreateCronJobCommand : NewObjectCommand
{
    public override string Name => "create cronjob";

    public override IReadOnlyList<string> Aliases => ["cj"];

    public override string Summary => "Create a cron job with the specified name.";

    protected override Flags Own(Flags flags) => flags.Text("image").Text("schedule").Text("restart", value: "OnFailure");

    protected override void Demand(Arguments arguments)
    {
        string[] missing = [.. new[] { "image", "schedule" }.Where(flag => !arguments.Has(flag)).Select(flag => $"\"{flag}\"")];
        if (missing.Length > 0)
        {
            throw Failure.Error($"required flag(s) {string.Join(", ", missing)} not set");
        }
    }

    protected override JsonNode Make(Session session, Arguments arguments, string name)
    {
        var container = new JsonObject { ["name"] = name, ["image"] = arguments.Text("image") };
        if (arguments.AfterDash is { Count: > 0 } command)
        {
            container["command"] = new JsonArray([.. command.Select(word => (JsonNode)word)]);
        }

        container["resources"] = new JsonObject();
        var pod = new JsonObject { ["containers"] = new JsonArray(container), ["restartPolicy"] = arguments.Text("restart") };
        var template = new JsonObject { ["metadata"] = Meta(null), ["spec"] = pod };
        return new JsonObject
        {
            ["kind"] = "CronJob",
            ["apiVersion"] = "batch/v1",
            ["metadata"] = Meta(name),
            ["spec"] = new JsonObject
            {
                ["schedule"] = arguments.Text("schedule"),
                ["jobTemplate"] = new JsonObject { ["metadata"] = Meta(name), ["spec"] = new JsonObject { ["template"] = template } },
            },
            ["status"] = new JsonObject(),
        };
    }
}
