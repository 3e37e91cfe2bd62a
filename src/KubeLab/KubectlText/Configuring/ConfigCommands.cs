using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Printing;

namespace KubeLab.KubectlText.Configuring;

/// <summary>The kubeconfig that a cell works with: the one context of its cluster, which no file holds.</summary>
internal static class CellConfig
{
    public static JsonNode Of(Session session)
    {
        var name = session.Host.Context;
        var context = new JsonObject { ["cluster"] = name };
        if (NamespaceOf(session).Length > 0)
        {
            context["namespace"] = NamespaceOf(session);
        }

        context["user"] = name;
        return new JsonObject
        {
            ["kind"] = "Config",
            ["apiVersion"] = "v1",
            ["preferences"] = new JsonObject(),
            ["clusters"] = new JsonArray(new JsonObject { ["name"] = name, ["cluster"] = new JsonObject { ["server"] = session.Host.Server } }),
            ["users"] = new JsonArray(new JsonObject { ["name"] = name, ["user"] = new JsonObject() }),
            ["contexts"] = new JsonArray(new JsonObject { ["name"] = name, ["context"] = context }),
            ["current-context"] = name,
        };
    }

    /// <summary>The namespace that the context names; empty for the usual one.</summary>
    public static string NamespaceOf(Session session) => session.Host.Namespace == "default" ? "" : session.Host.Namespace;
}

/// <summary><c>kubectl config current-context</c>.</summary>
internal sealed class CurrentContextCommand : Command
{
    public override string Name => "config current-context";

    public override string Summary => "Display the current-context.";

    public override void Run(Session session, Arguments arguments) => session.Out($"{session.Host.Context}\n");
}

/// <summary><c>kubectl config view</c>.</summary>
internal sealed class ViewConfigCommand : Command
{
    public override string Name => "config view";

    public override string Summary => "Display merged kubeconfig settings or a specified kubeconfig file.";

    public override Flags Flags => new Flags().Output().Bool("minify").Bool("flatten").Bool("raw").Bool("merge", value: true);

    public override void Run(Session session, Arguments arguments)
    {
        var config = CellConfig.Of(session);
        session.Out(ObjectFormat.Of(arguments) is { } format ? format.Print(config, isOwn: true) : Api.Yaml.Yaml.Write(config));
    }
}

/// <summary><c>kubectl config get-contexts</c>.</summary>
internal sealed class GetContextsCommand : Command
{
    public override string Name => "config get-contexts";

    public override string Summary => "Describe one or many contexts.";

    public override Flags Flags => new Flags().Text("output", 'o').Bool("no-headers");

    public override void Run(Session session, Arguments arguments)
    {
        var name = session.Host.Context;
        var isShown = arguments.Words.Count == 0 || arguments.Words.Contains(name);
        if (arguments.Text("output") == "name")
        {
            session.Out(isShown ? $"{name}\n" : "");
        }
        else
        {
            var writer = TabWriter.ForTables();
            writer.Write(arguments.Bool("no-headers") ? "" : "CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n");
            writer.Write(isShown ? $"*\t{name}\t{name}\t{name}\t{CellConfig.NamespaceOf(session)}\n" : "");
            session.Out(writer.Take());
        }

        foreach (var missing in arguments.Words.Where(word => word != name))
        {
            session.Fail(Failure.Error($"context {missing} not found"));
        }
    }
}

/// <summary><c>kubectl config get-clusters</c> and <c>get-users</c>, which know one of each.</summary>
internal sealed class GetNamesCommand(string what, string summary) : Command
{
    public override string Name => $"config get-{what}";

    public override string Summary => summary;

    public override void Run(Session session, Arguments arguments) => session.Out($"NAME\n{session.Host.Context}\n");
}

/// <summary><c>kubectl config use-context</c>: there is one to use.</summary>
internal sealed class UseContextCommand : Command
{
    public override string Name => "config use-context";

    public override IReadOnlyList<string> Aliases => ["use"];

    public override string Summary => "Set the current-context in a kubeconfig file.";

    public override void Run(Session session, Arguments arguments)
    {
        var name = arguments.Words is [var one] ? one : throw Misused("Unexpected args: [" + string.Join(' ', arguments.Words) + "]");
        session.Out(name == session.Host.Context ? $"Switched to context \"{name}\".\n" : throw Failure.Error($"no context exists with the name: \"{name}\""));
    }
}
