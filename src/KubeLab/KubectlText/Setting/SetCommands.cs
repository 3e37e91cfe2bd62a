using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Setting;

/// <summary><c>kubectl set image</c>.</summary>
internal sealed class SetImageCommand : SetCommand
{
    public override string Name => "set image";

    public override string Summary => "Update the image of a pod template.";

    protected override string What => "image";

    protected override void Demand(Arguments arguments)
    {
        if (arguments.Words.Exists(word => !IsUpdate(word)) && !arguments.Words.Exists(IsUpdate))
        {
            throw Failure.Error("at least one image update is required");
        }
    }

    protected override void Change(Arguments arguments, JsonObject spec)
    {
        foreach (var word in arguments.Words.Where(IsUpdate))
        {
            var pair = word.Split('=', 2);
            var containers = Containers(spec, pair[0]);
            foreach (var container in containers)
            {
                container["image"] = pair[1];
            }

            if (containers.Count == 0)
            {
                throw Failure.Error($"unable to find container named \"{pair[0]}\"");
            }
        }
    }
}

/// <summary><c>kubectl set resources</c>.</summary>
internal sealed class SetResourcesCommand : SetCommand
{
    public override string Name => "set resources";

    public override string Summary => "Update resource requests/limits on objects with pod templates.";

    protected override string What => "resource requirements";

    protected override Flags Own(Flags flags) => flags.Text("containers", 'c', "*").Text("limits").Text("requests");

    protected override void Demand(Arguments arguments)
    {
        if (arguments.Text("limits").Length == 0 && arguments.Text("requests").Length == 0)
        {
            throw Failure.Error("you must specify an update to requests or limits (in the form of --requests/--limits)");
        }
    }

    protected override void Change(Arguments arguments, JsonObject spec)
    {
        var name = arguments.Text("containers");
        var containers = Containers(spec, name, "containers");
        if (containers.Count == 0)
        {
            throw Failure.Error($"unable to find container named {name}");
        }

        foreach (var container in containers)
        {
            foreach (var which in new[] { "limits", "requests" })
            {
                Set(container, which, arguments.Text(which));
            }
        }
    }

    private static void Set(JsonObject container, string which, string spec)
    {
        foreach (var part in spec.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            if (pair.Length != 2)
            {
                throw Failure.Error($"Invalid argument syntax {part}, expected <resource>=<quantity>");
            }

            var resources = container["resources"] as JsonObject ?? (JsonObject)(container["resources"] = new JsonObject());
            var list = resources[which] as JsonObject ?? (JsonObject)(resources[which] = new JsonObject());
            list[pair[0]] = Amounts.Parse(pair[1]);
        }
    }
}

/// <summary><c>kubectl set env</c>.</summary>
internal sealed class SetEnvCommand : SetCommand
{
    public override string Name => "set env";

    public override string Summary => "Update environment variables on a pod template.";

    protected override string What => "env";

    private readonly List<JsonObject> imported = [];

    protected override Flags Own(Flags flags) => flags.Text("containers", 'c', "*").Array("env", 'e').Bool("overwrite", value: true).Bool("list")
        .Text("from").Text("prefix").List("keys");

    protected override bool IsUpdate(string word) => word.Contains('=', StringComparison.Ordinal) || (word.EndsWith('-') && word.Length > 1);

    protected override void Demand(Arguments arguments)
    {
        if (!arguments.Words.Exists(IsUpdate) && !arguments.Has("env") && !arguments.Bool("list") && !arguments.Has("from"))
        {
            throw Failure.Error("at least one environment variable must be provided");
        }
    }

    protected override bool Show(Session session, Arguments arguments, Info info, JsonObject spec)
    {
        if (!arguments.Bool("list"))
        {
            return false;
        }

        foreach (var container in Containers(spec, arguments.Text("containers")))
        {
            session.Out($"# {info.Resource.Kind} {info.Name}, container {container["name"]}\n");
            foreach (var variable in new Json(container["env"]).Items)
            {
                session.Out(variable["valueFrom"].Exists ? $"# {variable["name"].Text} from another object\n" : $"{variable["name"].Text}={variable["value"].Text}\n");
            }
        }

        return true;
    }

    protected override void Prepare(Session session, Arguments arguments)
    {
        imported.Clear();
        if (arguments.Has("from"))
        {
            imported.AddRange(ImportedEnvironment.Of(session, arguments));
        }
    }

    protected override void Change(Arguments arguments, JsonObject spec)
    {
        foreach (var container in Containers(spec, arguments.Text("containers")))
        {
            imported.ForEach(variable => Import(container, variable));
            foreach (var update in arguments.Words.Where(IsUpdate).Concat(arguments.List("env")))
            {
                Set(container, update, arguments.Bool("overwrite"));
            }
        }
    }

    private static void Import(JsonObject container, JsonObject variable)
    {
        var list = container["env"] as JsonArray ?? (JsonArray)(container["env"] = new JsonArray());
        if (list.OfType<JsonObject>().FirstOrDefault(v => v["name"]?.GetValue<string>() == variable["name"]!.GetValue<string>()) is { } old)
        {
            old.Remove("value");
            old["valueFrom"] = variable["valueFrom"]!.DeepClone();
        }
        else
        {
            list.Add(variable.DeepClone());
        }
    }

    private static void Set(JsonObject container, string update, bool overwrite)
    {
        var pair = update.Split('=', 2);
        var name = pair.Length == 2 ? pair[0] : update[..^1];
        var list = container["env"] as JsonArray ?? [];
        var old = list.OfType<JsonObject>().FirstOrDefault(variable => variable["name"]?.GetValue<string>() == name);
        if (pair.Length == 1)
        {
            list.Remove(old);
        }
        else if (old is null)
        {
            list.Add((JsonNode)new JsonObject { ["name"] = name, ["value"] = pair[1] });
        }
        else if (overwrite)
        {
            old.Remove("valueFrom");
            old["value"] = pair[1];
        }
        else
        {
            throw Failure.Error($"'{name}' already has a value ({old["value"]}), and --overwrite is false");
        }

        if (list.Count == 0)
        {
            container.Remove("env");
        }
        else if (list.Parent is null)
        {
            container["env"] = list;
        }
    }
}

/// <summary><c>kubectl set serviceaccount</c>.</summary>
internal sealed class SetServiceAccountCommand : SetCommand
{
    public override string Name => "set serviceaccount";

    public override IReadOnlyList<string> Aliases => ["sa"];

    public override string Summary => "Update the service account of a resource.";

    protected override string What => "serviceaccount";

    protected override void Demand(Arguments arguments)
    {
        if (arguments.Words.Count < 2)
        {
            throw Failure.Error("serviceaccount is required");
        }
    }

    protected override List<string> Targets(Arguments arguments) => [.. arguments.Words.SkipLast(1)];

    protected override void Change(Arguments arguments, JsonObject spec) => spec["serviceAccountName"] = arguments.Words[^1];
}
