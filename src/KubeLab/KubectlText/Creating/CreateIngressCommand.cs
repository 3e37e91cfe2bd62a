using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeLab.KubectlText.CommandLine;

namespace KubeLab.KubectlText.Creating;

/// <summary><c>kubectl create ingress</c>.</summary>
internal sealed partial class CreateIngressCommand : NewObjectCommand
{
    public override string Name => "create ingress";

    public override IReadOnlyList<string> Aliases => ["ing"];

    public override string Summary => "Create an ingress with the specified name.";

    protected override Flags Own(Flags flags) => flags.Text("class").Array("rule").Text("default-backend").Array("annotation");

    protected override void Demand(Arguments arguments)
    {
        if (arguments.List("rule").Count == 0 && arguments.Text("default-backend").Length == 0)
        {
            throw Failure.Error("not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) "
                + "or a list of rules (which catch specific paths)");
        }

        foreach (var rule in arguments.List("rule").Where(rule => !RuleForm().IsMatch(rule)))
        {
            throw Failure.Error($"rule {rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]");
        }

        foreach (var annotation in arguments.List("annotation").Where(a => !a.Contains('=', StringComparison.Ordinal)))
        {
            throw Failure.Error($"annotation {annotation} is invalid and should be in format key=[value]");
        }

        if (arguments.Text("default-backend") is { Length: > 0 } backend && !BackendForm().IsMatch(backend))
        {
            throw Failure.Error("default-backend should be in format servicename:serviceport");
        }
    }

    protected override JsonNode Make(Session session, Arguments arguments, string name)
    {
        var metadata = Meta(name);
        if (arguments.List("annotation") is { Count: > 0 } annotations)
        {
            metadata["annotations"] = new JsonObject(annotations.Select(a => a.Split('=', 2)).Select(a => KeyValuePair.Create(a[0], (JsonNode?)a[1])));
        }

        return new JsonObject
        {
            ["kind"] = "Ingress",
            ["apiVersion"] = "networking.k8s.io/v1",
            ["metadata"] = metadata,
            ["spec"] = Spec(arguments),
            ["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() },
        };
    }

    private static JsonObject Spec(Arguments arguments)
    {
        var spec = new JsonObject();
        if (arguments.Text("class") is { Length: > 0 } kind)
        {
            spec["ingressClassName"] = kind;
        }

        if (arguments.Text("default-backend") is { Length: > 0 } backend)
        {
            spec["defaultBackend"] = Backend(backend);
        }

        var rules = arguments.List("rule").Select(rule => RuleForm().Match(rule)).ToList();
        var tls = rules.Where(rule => rule.Groups["tls"].Success)
            .GroupBy(rule => rule.Groups["secret"].Value)
            .Select(secret => Tls(secret.Key, secret.Select(rule => rule.Groups["host"].Value).Distinct()))
            .ToList();
        if (tls.Count > 0)
        {
            spec["tls"] = new JsonArray([.. tls]);
        }

        if (rules.Count > 0)
        {
            spec["rules"] = new JsonArray([.. rules.GroupBy(rule => rule.Groups["host"].Value).Select(host => Rule(host.Key, host))]);
        }

        return spec;
    }

    private static JsonObject Tls(string secret, IEnumerable<string> hosts)
    {
        var tls = new JsonObject();
        List<JsonNode> named = [.. hosts.Where(h => h.Length > 0).Select(h => (JsonNode)h)];
        if (named.Count > 0)
        {
            tls["hosts"] = new JsonArray([.. named]);
        }

        if (secret.Length > 0)
        {
            tls["secretName"] = secret;
        }

        return tls;
    }

    private static JsonObject Rule(string host, IEnumerable<Match> paths)
    {
        var rule = new JsonObject();
        if (host.Length > 0)
        {
            rule["host"] = host;
        }

        rule["http"] = new JsonObject { ["paths"] = new JsonArray([.. paths.Select(Path)]) };
        return rule;
    }

    private static JsonNode Path(Match rule)
    {
        var path = rule.Groups["path"].Value;
        var isPrefix = path.EndsWith('*');
        return new JsonObject
        {
            ["path"] = isPrefix ? path[..^1] : path,
            ["pathType"] = isPrefix ? "Prefix" : "Exact",
            ["backend"] = Backend($"{rule.Groups["service"].Value}:{rule.Groups["port"].Value}"),
        };
    }

    private static JsonObject Backend(string text)
    {
        var parts = text.Split(':', 2);
        var port = int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new JsonObject { ["number"] = number }
            : new JsonObject { ["name"] = parts[1] };
        return new JsonObject { ["service"] = new JsonObject { ["name"] = parts[0], ["port"] = port } };
    }

    [GeneratedRegex(@"^(?<host>[\w\*\-\.]*)(?<path>/[^=]*)=(?<service>[\w\-]+):(?<port>[\w\-]+)(?<tls>,tls(=(?<secret>[\w\-\.]+))?)?$")]
    private static partial Regex RuleForm();

    [GeneratedRegex(@"^[\w\-]+:[\w\-]+$")]
    private static partial Regex BackendForm();
}
