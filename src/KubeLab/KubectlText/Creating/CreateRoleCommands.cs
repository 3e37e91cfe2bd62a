using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;

namespace KubeLab.KubectlText.Creating;

/// <summary>What <c>kubectl create role</c> and <c>create clusterrole</c> share: rules by verbs and resources.</summary>
internal abstract class CreateAnyRoleCommand : NewObjectCommand
{
    private static readonly string[] KnownVerbs =
        ["*", "get", "delete", "list", "create", "update", "patch", "watch", "proxy", "deletecollection", "use", "bind", "escalate", "impersonate"];

    protected override bool WrapsRefusals => false;

    protected override Flags Own(Flags flags) => flags.List("verb").List("resource").Array("resource-name");

    /// <summary>The verbs, each once; a star stands for all.</summary>
    protected static List<string> Verbs(Session session, Arguments arguments, IReadOnlyList<string>? known = null)
    {
        var verbs = arguments.List("verb").Select(v => v.Trim()).Where(v => v.Length > 0).Distinct().ToList();
        if (verbs.Count == 0)
        {
            throw Failure.Error("at least one verb must be specified");
        }

        verbs = verbs.Contains("*") ? ["*"] : verbs;
        foreach (var verb in verbs.Where(v => !(known ?? KnownVerbs).Contains(v)))
        {
            session.Error($"Warning: '{verb}' is not a standard resource verb\n");
        }

        return verbs;
    }

    /// <summary>A rule for each group among the resources, the groups in order of their names.</summary>
    protected static IEnumerable<JsonNode> ResourceRules(Session session, Arguments arguments, List<string> verbs)
    {
        var resources = arguments.List("resource").Select(r => Resource(session, r)).Distinct().ToList();
        foreach (var group in resources.GroupBy(r => r.Group).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var rule = new JsonObject { ["verbs"] = Strings(verbs), ["apiGroups"] = Strings([group.Key]), ["resources"] = Strings(group.Select(r => r.Name)) };
            if (arguments.List("resource-name") is { Count: > 0 } names)
            {
                rule["resourceNames"] = Strings(names.Distinct());
            }

            yield return rule;
        }
    }

    protected static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);

    private static (string Group, string Name) Resource(Session session, string text)
    {
        var parts = text.Split('/', 2);
        var sub = parts.Length == 2 ? $"/{parts[1]}" : "";
        if (parts[0] == "*")
        {
            return ("", "*" + sub);
        }

        var found = session.Discovery.Find(parts[0]) ?? throw new Failure($"the server doesn't have a resource type \"{parts[0]}\"");
        return (found.Group, found.Plural + sub);
    }
}

/// <summary><c>kubectl create role</c>.</summary>
internal sealed class CreateRoleCommand : CreateAnyRoleCommand
{
    public override string Name => "create role";

    public override string Summary => "Create a role with single rule.";

    protected override JsonNode Make(Session session, Arguments arguments, string name)
    {
        var verbs = Verbs(session, arguments);
        if (arguments.List("resource").Count == 0)
        {
            throw Failure.Error("at least one resource must be specified");
        }

        return new JsonObject
        {
            ["kind"] = "Role",
            ["apiVersion"] = "rbac.authorization.k8s.io/v1",
            ["metadata"] = Meta(name),
            ["rules"] = new JsonArray([.. ResourceRules(session, arguments, verbs)]),
        };
    }
}

/// <summary><c>kubectl create clusterrole</c>.</summary>
internal sealed class CreateClusterRoleCommand : CreateAnyRoleCommand
{
    private static readonly string[] UrlVerbs = ["*", "get", "post", "put", "delete", "patch", "head", "options"];

    public override string Name => "create clusterrole";

    public override string Summary => "Create a cluster role.";

    protected override Flags Own(Flags flags) => base.Own(flags).List("non-resource-url").Text("aggregation-rule");

    protected override JsonNode Make(Session session, Arguments arguments, string name)
    {
        var role = new JsonObject { ["kind"] = "ClusterRole", ["apiVersion"] = "rbac.authorization.k8s.io/v1", ["metadata"] = Meta(name) };
        var urls = arguments.List("non-resource-url");
        if (arguments.Text("aggregation-rule") is { Length: > 0 } aggregation)
        {
            if (arguments.Has("verb") || arguments.Has("resource") || urls.Count > 0 || arguments.Has("resource-name"))
            {
                throw Failure.Error("aggregation rule must be specified without verbs, resources, resource names, nor non-resource URLs");
            }

            role["rules"] = null;
            role["aggregationRule"] = new JsonObject { ["clusterRoleSelectors"] = new JsonArray(new JsonObject { ["matchLabels"] = Labels(aggregation) }) };
            return role;
        }

        var verbs = Verbs(session, arguments, [.. UrlVerbs, "list", "create", "update", "watch", "proxy", "deletecollection", "use", "bind", "escalate", "impersonate"]);
        if (arguments.List("resource").Count == 0 && urls.Count == 0)
        {
            throw Failure.Error("one of resource or nonResourceURL must be specified");
        }

        if (urls.Count > 0 && verbs.Find(v => !UrlVerbs.Contains(v)) is { } wrong)
        {
            throw Failure.Error($"invalid verb: '{wrong}' for nonResourceURL");
        }

        List<JsonNode> rules = [.. ResourceRules(session, arguments, verbs)];
        if (urls.Count > 0)
        {
            rules.Add(new JsonObject { ["verbs"] = Strings(verbs), ["nonResourceURLs"] = Strings(urls.Select(u => u.Trim()).Distinct()) });
        }

        role["rules"] = new JsonArray([.. rules]);
        return role;
    }

    private static JsonObject Labels(string text) => new(text.Split(',').Select(one => one.Split('=', 2) is [var key, var value]
        ? KeyValuePair.Create(key.Trim(), (JsonNode?)value.Trim())
        : throw Failure.Error($"{one} is not in the form key=value")));
}

/// <summary>What <c>kubectl create rolebinding</c> and <c>create clusterrolebinding</c> share: who gets the role.</summary>
internal abstract class CreateAnyBindingCommand : NewObjectCommand
{
    private const string Group = "rbac.authorization.k8s.io";

    protected override Flags Own(Flags flags) => flags.Text("clusterrole").Array("user").Array("group").Array("serviceaccount");

    protected static JsonObject Binding(Arguments arguments, string kind, string name, string roleKind, string role)
    {
        var made = new JsonObject { ["kind"] = kind, ["apiVersion"] = $"{Group}/v1", ["metadata"] = Meta(name) };
        List<JsonNode> subjects =
        [
            .. arguments.List("user").Select(user => Subject("User", user)),
            .. arguments.List("group").Select(group => Subject("Group", group)),
            .. arguments.List("serviceaccount").Select(Account),
        ];
        if (subjects.Count > 0)
        {
            made["subjects"] = new JsonArray([.. subjects]);
        }

        made["roleRef"] = new JsonObject { ["apiGroup"] = Group, ["kind"] = roleKind, ["name"] = role };
        return made;
    }

    private static JsonObject Subject(string kind, string name) => new() { ["kind"] = kind, ["apiGroup"] = Group, ["name"] = name };

    private static JsonObject Account(string text) => text.Split(':') is [{ Length: > 0 } ns, { Length: > 0 } name]
        ? new JsonObject { ["kind"] = "ServiceAccount", ["name"] = name, ["namespace"] = ns }
        : throw Failure.Error("serviceaccount must be <namespace>:<name>");
}

/// <summary><c>kubectl create rolebinding</c>.</summary>
internal sealed class CreateRoleBindingCommand : CreateAnyBindingCommand
{
    public override string Name => "create rolebinding";

    public override string Summary => "Create a role binding for a particular role or cluster role.";

    protected override Flags Own(Flags flags) => base.Own(flags).Text("role");

    protected override JsonNode Make(Session session, Arguments arguments, string name)
    {
        var (role, clusterRole) = (arguments.Text("role"), arguments.Text("clusterrole"));
        if (role.Length == 0 == (clusterRole.Length == 0))
        {
            throw Failure.Error("exactly one of clusterrole or role must be specified");
        }

        return Binding(arguments, "RoleBinding", name, role.Length > 0 ? "Role" : "ClusterRole", role.Length > 0 ? role : clusterRole);
    }
}

/// <summary><c>kubectl create clusterrolebinding</c>.</summary>
internal sealed class CreateClusterRoleBindingCommand : CreateAnyBindingCommand
{
    public override string Name => "create clusterrolebinding";

    public override string Summary => "Create a cluster role binding for a particular cluster role.";

    protected override void Demand(Arguments arguments)
    {
        if (!arguments.Has("clusterrole"))
        {
            throw Failure.Error("required flag(s) \"clusterrole\" not set");
        }
    }

    protected override JsonNode Make(Session session, Arguments arguments, string name) =>
        Binding(arguments, "ClusterRoleBinding", name, "ClusterRole", arguments.Text("clusterrole"));
}
