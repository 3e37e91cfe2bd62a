using System.Globalization;
using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Creating;

/// <summary><c>kubectl expose</c>: a Service in front of pods that exist.</summary>
internal sealed class ExposeCommand : Command
{
    public override string Name => "expose";

    public override string Summary => "Expose a resource as a new Kubernetes service.";

    public override Flags Flags => new Flags().Files().Output().DryRun().Text("name").Text("port").Text("target-port").Text("protocol").Text("type")
        .Text("selector").List("labels", 'l').Text("cluster-ip").Text("external-ip").Text("load-balancer-ip").Text("session-affinity")
        .Text("field-manager", value: "kubectl-expose");

    public override void Run(Session session, Arguments arguments)
    {
        var result = new ResultPrinter(session, arguments);
        var finder = new Finder(session, arguments) { LabelSelector = "", FieldSelector = "" };
        foreach (var info in finder.Find(arguments.Words))
        {
            session.Try(() =>
            {
                JsonNode service = Service(arguments, info);
                if (!result.IsClientDryRun)
                {
                    service = session.Api.Post(
                        $"/api/v1/namespaces/{info.Namespace ?? session.Namespace}/services{result.Query(arguments.Text("field-manager"))}", service);
                }

                result.Print(Printing.ObjectFormat.NameOf(service), service, "exposed", result.IsClientDryRun);
            });
        }
    }

    private static JsonObject Service(Arguments arguments, Info info)
    {
        Json source = info.Object;
        var metadata = new JsonObject { ["creationTimestamp"] = null };
        var labels = arguments.Has("labels") ? Pairs(arguments.List("labels")) : source["metadata"]["labels"].Node?.DeepClone();
        if (labels is JsonObject { Count: > 0 })
        {
            metadata["labels"] = labels;
        }

        metadata["name"] = arguments.Text("name") is { Length: > 0 } name ? name : info.Name;
        var spec = new JsonObject { ["ports"] = Ports(arguments, source, info), ["selector"] = Selector(arguments, source, info) };
        Set(spec, "clusterIP", arguments.Text("cluster-ip"));
        Set(spec, "loadBalancerIP", arguments.Text("load-balancer-ip"));
        Set(spec, "sessionAffinity", arguments.Text("session-affinity"));
        Set(spec, "type", arguments.Text("type"));
        if (arguments.Text("external-ip") is { Length: > 0 } external)
        {
            spec["externalIPs"] = new JsonArray(external);
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = metadata,
            ["spec"] = spec,
            ["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() },
        };
    }

    private static JsonObject Selector(Arguments arguments, Json source, Info info)
    {
        if (arguments.Text("selector") is { Length: > 0 } asked)
        {
            return Pairs(asked.Split(','));
        }

        var found = info.Resource.Kind switch
        {
            "Pod" => source["metadata"]["labels"],
            "Deployment" or "ReplicaSet" => source["spec"]["selector"]["matchLabels"],
            "Service" or "ReplicationController" => source["spec"]["selector"],
            _ => throw Failure.Error($"cannot expose a {info.Resource.Kind}.{info.Resource.Group}"),
        };
        return found.Count > 0
            ? (JsonObject)found.Node!.DeepClone()
            : throw Failure.Error($"couldn't retrieve selectors via --selector flag or introspection: the {info.Resource.Kind.ToLowerInvariant()} has no labels and cannot be exposed");
    }

    private static JsonArray Ports(Arguments arguments, Json source, Info info)
    {
        var spec = info.Resource.Kind is "Pod" or "Service" ? source["spec"] : source["spec"]["template"]["spec"];
        var known = (info.Resource.Kind == "Service" ? spec["ports"].Items : spec["containers"].Items.SelectMany(c => c["ports"].Items))
            .Select(port => (Number: port["containerPort"].Or(port["port"].Text), Protocol: port["protocol"].Or("TCP")))
            .ToList();
        var numbers = arguments.Text("port") is { Length: > 0 } asked ? asked.Split(',').ToList() : [.. known.Select(port => port.Number)];
        if (numbers.Count == 0)
        {
            throw Failure.Error("couldn't find port via --port flag or introspection");
        }

        var ports = new JsonArray();
        for (var i = 0; i < numbers.Count; i++)
        {
            var number = Number(numbers[i]);
            var protocol = arguments.Text("protocol") is { Length: > 0 } given ? given : known.Find(port => port.Number == numbers[i]).Protocol ?? "TCP";
            var port = new JsonObject();
            Set(port, "name", numbers.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"port-{i + 1}") : "");
            port["port"] = number;
            port["protocol"] = protocol;
            var target = arguments.Text("target-port");
            port["targetPort"] = target.Length == 0 ? number : int.TryParse(target, CultureInfo.InvariantCulture, out var named) ? named : target;
            ports.Add(port);
        }

        return ports;
    }

    private static int Number(string port) => int.TryParse(port, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Failure.Error($"strconv.Atoi: parsing \"{port}\": invalid syntax");

    private static void Set(JsonObject map, string name, string value)
    {
        if (value.Length > 0)
        {
            map[name] = value;
        }
    }

    private static JsonObject Pairs(IEnumerable<string> texts) => new(texts.Select(text => text.Split('=', 2)).Select(pair =>
        pair.Length == 2 ? KeyValuePair.Create(pair[0], (JsonNode?)pair[1]) : throw Failure.Error($"unexpected label spec: {pair[0]}")));
}
