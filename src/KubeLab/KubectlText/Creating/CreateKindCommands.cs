using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;

namespace KubeLab.KubectlText.Creating;

/// <summary><c>kubectl create namespace</c>.</summary>
internal sealed class CreateNamespaceCommand : NewObjectCommand
{
    public override string Name => "create namespace";

    public override IReadOnlyList<string> Aliases => ["ns"];

    public override string Summary => "Create a namespace with the specified name.";

    protected override bool WrapsRefusals => false;

    protected override Flags Own(Flags flags) => flags;

    protected override JsonNode Make(Session session, Arguments arguments, string name) => new JsonObject
    {
        ["kind"] = "Namespace",
        ["apiVersion"] = "v1",
        ["metadata"] = Meta(name),
        ["spec"] = new JsonObject(),
        ["status"] = new JsonObject(),
    };
}

/// <summary><c>kubectl create deployment</c>.</summary>
internal sealed class CreateDeploymentCommand : NewObjectCommand
{
    public override string Name => "create deployment";

    public override IReadOnlyList<string> Aliases => ["deploy"];

    public override string Summary => "Create a deployment with the specified name.";

    protected override Flags Own(Flags flags) => flags.List("image").Int("port", value: -1).Int("replicas", 'r', 1);

    protected override void Demand(Arguments arguments)
    {
        if (!arguments.Has("image"))
        {
            throw Failure.Error("required flag(s) \"image\" not set");
        }

        if (arguments.List("image").Count > 1 && arguments.AfterDash is { Count: > 0 })
        {
            throw Failure.Error("cannot specify multiple --image options and command");
        }
    }

    protected override JsonNode Make(Session session, Arguments arguments, string name)
    {
        JsonObject Labels() => new() { ["app"] = name };
        return new JsonObject
        {
            ["kind"] = "Deployment",
            ["apiVersion"] = "apps/v1",
            ["metadata"] = Meta(name, Labels()),
            ["spec"] = new JsonObject
            {
                ["replicas"] = arguments.Int("replicas"),
                ["selector"] = new JsonObject { ["matchLabels"] = Labels() },
                ["template"] = new JsonObject { ["metadata"] = Meta(null, Labels()), ["spec"] = new JsonObject { ["containers"] = Containers(arguments) } },
                ["strategy"] = new JsonObject(),
            },
            ["status"] = new JsonObject(),
        };
    }

    private static JsonArray Containers(Arguments arguments)
    {
        var containers = new JsonArray();
        foreach (var image in arguments.List("image"))
        {
            var container = new JsonObject { ["name"] = ContainerName(image), ["image"] = image };
            if (arguments.AfterDash is { Count: > 0 } command)
            {
                container["command"] = new JsonArray([.. command.Select(word => (JsonNode)word)]);
            }

            // The port belongs to the first container.
            if (arguments.Int("port") >= 0 && containers.Count == 0)
            {
                container["ports"] = new JsonArray(new JsonObject { ["containerPort"] = arguments.Int("port") });
            }

            container["resources"] = new JsonObject();
            containers.Add(container);
        }

        return containers;
    }

    /// <summary>The last part of an image's name without tag and digest, in characters that container names may have.</summary>
    private static string ContainerName(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..].Split('@')[0].Split(':')[0];
        return new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '-')]);
    }
}

/// <summary><c>kubectl create configmap</c>.</summary>
internal sealed class CreateConfigMapCommand : NewObjectCommand
{
    public override string Name => "create configmap";

    public override IReadOnlyList<string> Aliases => ["cm"];

    public override string Summary => "Create a config map from a local file, directory or literal value.";

    protected override Flags Own(Flags flags) => KeyValueSources.Add(flags);

    protected override JsonNode Make(Session session, Arguments arguments, string name)
    {
        var data = KeyValueSources.Read(arguments, $"ConfigMap \"{name}\"");
        var map = new JsonObject { ["kind"] = "ConfigMap", ["apiVersion"] = "v1", ["metadata"] = Meta(name) };
        if (data.Count > 0)
        {
            map["data"] = new JsonObject(data.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)System.Text.Encoding.UTF8.GetString(pair.Value))));
        }

        return map;
    }
}
