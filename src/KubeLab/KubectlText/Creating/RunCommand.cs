using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;

namespace KubeLab.KubectlText.Creating;

/// <summary><c>kubectl run</c>: one pod with one container.</summary>
internal sealed class RunCommand : Command
{
    private static readonly string[] NeedTerminal = ["attach", "stdin", "tty", "rm"];

    public override string Name => "run";

    public override string Summary => "Create and run a particular image in a pod.";

    public override Flags Flags => new Flags().Output().DryRun().Text("image").Text("port").Array("env").List("labels", 'l').Array("annotations")
        .Text("restart", value: "Always").Bool("command").Text("image-pull-policy").Bool("privileged").Bool("expose").Text("overrides")
        .Text("override-type", value: "merge").Bool("attach").Bool("stdin", 'i').Bool("tty", 't').Bool("rm").Bool("quiet", 'q')
        .Text("field-manager", value: "kubectl-run").Bool("save-config");

    public override void Run(Session session, Arguments arguments)
    {
        if (!arguments.Has("image"))
        {
            throw Failure.Error("required flag(s) \"image\" not set");
        }

        if (NeedTerminal.FirstOrDefault(arguments.Bool) is { } refused)
        {
            throw Failure.Error($"a cell has no terminal, so --{refused} is not offered here; run the pod without it and read kubectl logs");
        }

        if (arguments.Words.Count == 0)
        {
            throw Misused("NAME is required for run");
        }

        if (arguments.Text("image").Length == 0)
        {
            throw Failure.Error("--image is required");
        }

        var result = new ResultPrinter(session, arguments);
        var pod = Pod(session, arguments);
        var resource = ResourceWords.Type(session, "pods");
        if (!result.IsClientDryRun)
        {
            pod = session.Api.Post(resource.Path(session.Namespace) + result.Query(arguments.Text("field-manager")), pod);
        }

        result.Print(Printing.ObjectFormat.NameOf(pod), pod, "created", result.IsClientDryRun);
        if (arguments.Bool("expose"))
        {
            Expose(session, arguments, result);
        }
    }

    private JsonNode Pod(Session session, Arguments arguments)
    {
        var name = arguments.Words[0];
        var metadata = new JsonObject { ["name"] = name };
        if (session.IsNamespaceGiven)
        {
            metadata["namespace"] = session.Namespace;
        }

        metadata["creationTimestamp"] = null;
        metadata["labels"] = Labels(arguments, name);
        if (arguments.Has("annotations"))
        {
            metadata["annotations"] = Pairs(arguments.List("annotations"), "annotations");
        }

        var restart = arguments.Text("restart");
        if (restart is not ("Always" or "OnFailure" or "Never"))
        {
            throw Misused($"invalid restart policy: {restart}");
        }

        JsonNode pod = new JsonObject
        {
            ["kind"] = "Pod",
            ["apiVersion"] = "v1",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject
            {
                ["containers"] = new JsonArray(Container(arguments, name)),
                ["restartPolicy"] = restart,
                ["dnsPolicy"] = "ClusterFirst",
            },
            ["status"] = new JsonObject(),
        };
        return arguments.Text("overrides") is { Length: > 0 } overrides ? Overridden(pod, overrides, arguments.Text("override-type")) : pod;
    }

    private static JsonObject Container(Arguments arguments, string name)
    {
        var container = new JsonObject { ["name"] = name, ["image"] = arguments.Text("image") };
        List<string> words = [.. arguments.Words.Skip(1), .. arguments.AfterDash ?? []];
        if (words.Count > 0)
        {
            container[arguments.Bool("command") ? "command" : "args"] = new JsonArray([.. words.Select(word => (JsonNode)word)]);
        }

        if (arguments.Text("port") is { Length: > 0 } port)
        {
            container["ports"] = new JsonArray(new JsonObject { ["containerPort"] = Number(port) });
        }

        if (arguments.Has("env"))
        {
            container["env"] = new JsonArray([.. arguments.List("env").Select(Variable)]);
        }

        container["resources"] = new JsonObject();
        if (arguments.Text("image-pull-policy") is { Length: > 0 } policy)
        {
            container["imagePullPolicy"] = policy;
        }

        if (arguments.Bool("privileged"))
        {
            container["securityContext"] = new JsonObject { ["privileged"] = true };
        }

        return container;
    }

    private static JsonNode Variable(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? new JsonObject { ["name"] = text[..equals], ["value"] = text[(equals + 1)..] } : throw Failure.Error($"invalid env: {text}");
    }

    private static int Number(string port) => int.TryParse(port, System.Globalization.CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Failure.Error($"strconv.Atoi: parsing \"{port}\": invalid syntax");

    private static JsonObject Labels(Arguments arguments, string name) =>
        arguments.Has("labels") ? Pairs(arguments.List("labels"), "label") : new JsonObject { ["run"] = name };

    private static JsonObject Pairs(IEnumerable<string> texts, string what)
    {
        var pairs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            pairs[equals > 0 ? text[..equals] : throw Failure.Error($"unexpected {what} spec: {text}")] = text[(equals + 1)..];
        }

        return new(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
    }

    private static JsonNode Overridden(JsonNode pod, string overrides, string type)
    {
        var patch = Api.Yaml.Yaml.Read(overrides);
        return type switch
        {
            "merge" => Api.Patching.JsonMergePatch.Apply(pod, patch)!,
            "strategic" => Api.Patching.StrategicMergePatch.Apply(pod, patch, typeof(Api.Core.Pod)),
            _ => throw Failure.Error($"invalid override type: {type}"),
        };
    }

    private static void Expose(Session session, Arguments arguments, ResultPrinter result)
    {
        if (arguments.Text("port").Length == 0)
        {
            throw Failure.Error("--port must be set when exposing a service");
        }

        var name = arguments.Words[0];
        var port = Number(arguments.Text("port"));
        JsonNode service = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = new JsonObject { ["creationTimestamp"] = null, ["name"] = name },
            ["spec"] = new JsonObject
            {
                ["ports"] = new JsonArray(new JsonObject { ["port"] = port, ["protocol"] = "TCP", ["targetPort"] = port }),
                ["selector"] = Labels(arguments, name),
            },
            ["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() },
        };
        if (!result.IsClientDryRun)
        {
            service = session.Api.Post($"/api/v1/namespaces/{session.Namespace}/services{result.Query(arguments.Text("field-manager"))}", service);
        }

        result.Print(Printing.ObjectFormat.NameOf(service), service, "created", result.IsClientDryRun);
    }
}
