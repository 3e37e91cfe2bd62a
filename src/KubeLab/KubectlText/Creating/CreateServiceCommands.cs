using System.Globalization;
using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;

namespace KubeLab.KubectlText.Creating;

/// <summary>What the four <c>kubectl create service …</c> commands share.</summary>
internal abstract class CreateServiceCommand(string word, string type) : NewObjectCommand
{
    public override string Name => $"create service {word}";

    public override string Summary => $"Create a {type} service with the specified name.";

    protected override string RefusalStart => $"failed to create {type} service: ";

    /// <summary>Whether a service of this kind makes sense without ports.</summary>
    protected virtual bool MayLackPorts(Arguments arguments) => false;

    /// <summary>Adds what this kind has of its own.</summary>
    protected virtual void Add(Arguments arguments, JsonObject spec)
    {
    }

    protected override Flags Own(Flags flags) => flags.List("tcp");

    protected override void Demand(Arguments arguments)
    {
        if (arguments.List("tcp").Count == 0 && !MayLackPorts(arguments))
        {
            throw Failure.Error("at least one tcp port specifier must be provided");
        }
    }

    protected sealed override JsonNode Make(Session session, Arguments arguments, string name)
    {
        JsonObject Labels() => new() { ["app"] = name };
        var spec = new JsonObject { ["type"] = type, ["selector"] = Labels() };
        if (arguments.List("tcp") is { Count: > 0 } ports)
        {
            spec["ports"] = new JsonArray([.. ports.Select(port => Port(port, arguments))]);
        }

        Add(arguments, spec);
        return new JsonObject
        {
            ["kind"] = "Service",
            ["apiVersion"] = "v1",
            ["metadata"] = Meta(name, Labels()),
            ["spec"] = spec,
            ["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() },
        };
    }

    /// <summary>Adds what a port of this kind has of its own.</summary>
    protected virtual void AddToPort(Arguments arguments, JsonObject port)
    {
    }

    private JsonObject Port(string text, Arguments arguments)
    {
        var parts = text.Split(':');
        if (parts.Length > 2)
        {
            throw Failure.Error($"invalid port format '{text}', expected 'port[:targetPort]'");
        }

        var port = new JsonObject
        {
            ["name"] = text.Replace(':', '-'),
            ["protocol"] = "TCP",
            ["port"] = Number(parts[0]),
            ["targetPort"] = parts.Length == 1 ? Number(parts[0])
                : int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var target) ? target : parts[1],
        };
        AddToPort(arguments, port);
        return port;
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Failure.Error($"invalid port value: \"{text}\" is not a number");
}

/// <summary><c>kubectl create service clusterip</c>.</summary>
internal sealed class CreateClusterIPCommand() : CreateServiceCommand("clusterip", "ClusterIP")
{
    protected override Flags Own(Flags flags) => base.Own(flags).Text("clusterip");

    protected override bool MayLackPorts(Arguments arguments) => arguments.Text("clusterip") == "None";

    protected override void Add(Arguments arguments, JsonObject spec)
    {
        if (arguments.Text("clusterip") is { Length: > 0 } address)
        {
            spec["clusterIP"] = address;
        }
    }
}

/// <summary><c>kubectl create service nodeport</c>.</summary>
internal sealed class CreateNodePortCommand() : CreateServiceCommand("nodeport", "NodePort")
{
    protected override Flags Own(Flags flags) => base.Own(flags).Int("node-port");

    protected override void AddToPort(Arguments arguments, JsonObject port)
    {
        if (arguments.Int("node-port") is > 0 and var number)
        {
            port["nodePort"] = number;
        }
    }
}

/// <summary><c>kubectl create service loadbalancer</c>.</summary>
internal sealed class CreateLoadBalancerCommand() : CreateServiceCommand("loadbalancer", "LoadBalancer");

/// <summary><c>kubectl create service externalname</c>.</summary>
internal sealed class CreateExternalNameCommand() : CreateServiceCommand("externalname", "ExternalName")
{
    protected override Flags Own(Flags flags) => base.Own(flags).Text("external-name");

    protected override bool MayLackPorts(Arguments arguments) => true;

    protected override void Demand(Arguments arguments)
    {
        if (!arguments.Has("external-name"))
        {
            throw Failure.Error("required flag(s) \"external-name\" not set");
        }
    }

    protected override void Add(Arguments arguments, JsonObject spec) => spec["externalName"] = arguments.Text("external-name");
}
