using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Creating;

/// <summary><c>kubectl create job</c>: from an image, or now from a cron job.</summary>
internal sealed class CreateJobCommand : NewObjectCommand
{
    public override string Name => "create job";

    public override string Summary => "Create a job with the specified name.";

    protected override Flags Own(Flags flags) => flags.Text("image").Text("from");

    protected override void Demand(Arguments arguments)
    {
        if (arguments.Has("image") == arguments.Has("from"))
        {
            throw Failure.Error("either --image or --from must be specified");
        }

        if (arguments.Has("from") && arguments.AfterDash is { Count: > 0 })
        {
            throw Failure.Error("cannot specify --from and command");
        }
    }

    protected override JsonNode Make(Session session, Arguments arguments, string name)
    {
        if (arguments.Has("from"))
        {
            return FromCronJob(session, arguments, name);
        }

        var pod = new JsonObject { ["containers"] = new JsonArray(Container(arguments, name)), ["restartPolicy"] = "Never" };
        return new JsonObject
        {
            ["kind"] = "Job",
            ["apiVersion"] = "batch/v1",
            ["metadata"] = Meta(name),
            ["spec"] = new JsonObject { ["template"] = new JsonObject { ["metadata"] = Meta(null), ["spec"] = pod } },
            ["status"] = new JsonObject(),
        };
    }

    /// <summary>A container that runs the command after the dash.</summary>
    internal static JsonObject Container(Arguments arguments, string name)
    {
        var container = new JsonObject { ["name"] = name, ["image"] = arguments.Text("image") };
        if (arguments.AfterDash is { Count: > 0 } command)
        {
            container["command"] = new JsonArray([.. command.Select(word => (JsonNode)word)]);
        }

        container["resources"] = new JsonObject();
        return container;
    }

    private static JsonObject FromCronJob(Session session, Arguments arguments, string name)
    {
        var found = new Finder(session, arguments) { LabelSelector = "", FieldSelector = "", IsEverywhere = false }.Find([arguments.Text("from")]);
        if (found.Count != 1)
        {
            throw session.TakeFailures().FirstOrDefault() ?? Failure.Error("from must be an existing cronjob");
        }

        if (found[0].Resource.QualifiedKind != "CronJob.batch")
        {
            throw Failure.Error("from must be an existing cronjob");
        }

        Json cronJob = found[0].Object;
        var template = cronJob["spec"]["jobTemplate"];
        var metadata = Meta(name);
        if (template["metadata"]["labels"].Node is { } labels)
        {
            metadata["labels"] = labels.DeepClone();
        }

        var annotations = new JsonObject { ["cronjob.kubernetes.io/instantiate"] = "manual" };
        foreach (var (key, value) in template["metadata"]["annotations"].Fields)
        {
            annotations[key] = value.Text;
        }

        metadata["annotations"] = annotations;
        metadata["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = "batch/v1",
            ["kind"] = "CronJob",
            ["name"] = cronJob["metadata"]["name"].Text,
            ["uid"] = cronJob["metadata"]["uid"].Text,
            ["controller"] = true,
        });
        return new JsonObject
        {
            ["kind"] = "Job",
            ["apiVersion"] = "batch/v1",
            ["metadata"] = metadata,
            ["spec"] = template["spec"].Node?.DeepClone() ?? new JsonObject(),
            ["status"] = new JsonObject(),
        };
    }
}

/// <summary><c>kubectl create cronjob</c>.</summary>
internal sealed class CreateCronJobCommand : NewObjectCommand
{
    private static readonly string[] Required = ["image", "schedule"];

    public override string Name => "create cronjob";

    public override IReadOnlyList<string> Aliases => ["cj"];

    public override string Summary => "Create a cron job with the specified name.";

    protected override Flags Own(Flags flags) => flags.Text("image").Text("schedule").Text("restart");

    protected override void Demand(Arguments arguments)
    {
        var missing = Required.Where(f => !arguments.Has(f)).Select(f => $"\"{f}\"").ToList();
        if (missing.Count > 0)
        {
            throw Failure.Error($"required flag(s) {string.Join(", ", missing)} not set");
        }
    }

    protected override JsonNode Make(Session session, Arguments arguments, string name)
    {
        var pod = new JsonObject
        {
            ["containers"] = new JsonArray(CreateJobCommand.Container(arguments, name)),
            ["restartPolicy"] = arguments.Text("restart") is { Length: > 0 } policy ? policy : "OnFailure",
        };
        return new JsonObject
        {
            ["kind"] = "CronJob",
            ["apiVersion"] = "batch/v1",
            ["metadata"] = Meta(name),
            ["spec"] = new JsonObject
            {
                ["schedule"] = arguments.Text("schedule"),
                ["jobTemplate"] = new JsonObject
                {
                    ["metadata"] = Meta(name),
                    ["spec"] = new JsonObject { ["template"] = new JsonObject { ["metadata"] = Meta(null), ["spec"] = pod } },
                },
            },
            ["status"] = new JsonObject(),
        };
    }
}
