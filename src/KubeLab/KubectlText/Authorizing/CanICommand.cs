using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Authorizing;

/// <summary><c>kubectl auth can-i</c>.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access">Checking API access</seealso>
internal sealed class CanICommand : Command
{
    private static readonly string[] ResourceVerbs =
        ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "use", "bind", "impersonate", "*", "approve", "sign", "escalate", "attest"];

    private static readonly string[] UrlVerbs = ["get", "put", "post", "head", "options", "delete", "patch", "*"];

    public override string Name => "auth can-i";

    public override string Summary => "Check whether an action is allowed.";

    public override Flags Flags => new Flags().Bool("all-namespaces", 'A').Bool("quiet", 'q').Bool("list").Bool("no-headers").Text("subresource");

    public override void Run(Session session, Arguments arguments)
    {
        if (arguments.Bool("list"))
        {
            List(session, arguments);
            return;
        }

        if (arguments.Words.Count is not (2 or 3))
        {
            throw new Failure("error: you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.");
        }

        var status = new Json(Review(session, "selfsubjectaccessreviews", "SelfSubjectAccessReview", Wish(session, arguments)))["status"];
        var isAllowed = status["allowed"].IsTrue;
        var why = string.Concat(new[] { status["reason"].Text, status["evaluationError"].Text }.Where(t => t.Length > 0).Select(t => $" - {t}"));
        if (!arguments.Bool("quiet"))
        {
            session.Out(isAllowed ? "yes\n" : $"no{why}\n");
        }

        if (!isAllowed)
        {
            throw new Failure("");
        }
    }

    private static JsonObject Wish(Session session, Arguments arguments)
    {
        var (verb, what) = (arguments.Words[0], arguments.Words[1]);
        var isUrl = what.StartsWith('/');
        if (!(isUrl ? UrlVerbs : ResourceVerbs).Contains(verb))
        {
            session.Error($"Warning: verb '{verb}' is not a known verb\n\n");
        }

        if (isUrl)
        {
            return new JsonObject { ["nonResourceAttributes"] = new JsonObject { ["path"] = what, ["verb"] = verb } };
        }

        var parts = what.Split('/', 2);
        var resource = Resource(session, parts[0]);
        var attributes = new JsonObject { ["verb"] = verb, ["group"] = resource.Group, ["resource"] = resource.Plural };
        if (!arguments.Bool("all-namespaces"))
        {
            attributes["namespace"] = session.Namespace;
            if (!resource.Namespaced)
            {
                session.Error($"Warning: resource '{resource.Plural}' is not namespace scoped"
                    + (resource.Group.Length > 0 ? $" in group '{resource.Group}'" : "") + "\n\n");
            }
        }

        attributes["subresource"] = arguments.Text("subresource");
        attributes["name"] = parts.Length == 2 ? parts[1] : arguments.Words.ElementAtOrDefault(2) ?? "";
        return new JsonObject { ["resourceAttributes"] = attributes };
    }

    private static ApiResource Resource(Session session, string word)
    {
        if (word == "*" || session.Discovery.Find(word) is not { } found)
        {
            var dot = word.IndexOf('.', StringComparison.Ordinal);
            var (name, group) = dot < 0 ? (word, "") : (word[..dot], word[(dot + 1)..]);
            if (word != "*")
            {
                session.Error($"Warning: the server doesn't have a resource type '{name}'" + (group.Length > 0 ? $" in group '{group}'" : "") + "\n\n");
            }

            return ApiResource.Named("v1", name, name, true) with { Group = group };
        }

        return found;
    }

    private static void List(Session session, Arguments arguments)
    {
        var spec = new JsonObject { ["namespace"] = arguments.Bool("all-namespaces") ? "" : session.Namespace };
        var status = new Json(Review(session, "selfsubjectrulesreviews", "SelfSubjectRulesReview", spec))["status"];
        if (status["evaluationError"].Text is { Length: > 0 } problem && status["incomplete"].IsTrue)
        {
            session.Error($"warning: the list may be incomplete: {problem}\n");
        }

        var writer = TabWriter.ForTables();
        writer.Write(arguments.Bool("no-headers") ? "" : "Resources\tNon-Resource URLs\tResource Names\tVerbs\n");
        var rules = status["resourceRules"].Items.Concat(status["nonResourceRules"].Items).Select(AccessRule.Of);
        foreach (var rule in AccessRule.Compact(rules))
        {
            writer.Write(rule.Row + "\n");
        }

        session.Out(writer.Take());
    }

    private static JsonNode Review(Session session, string plural, string kind, JsonObject spec) => session.Api.Post(
        $"/apis/authorization.k8s.io/v1/{plural}",
        new JsonObject { ["kind"] = kind, ["apiVersion"] = "authorization.k8s.io/v1", ["metadata"] = new JsonObject(), ["spec"] = spec });
}
