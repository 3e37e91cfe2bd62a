using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Creating;

/// <summary><c>kubectl create token</c>: a token by which somebody is a service account for a while.</summary>
internal sealed class CreateTokenCommand : Command
{
    public override string Name => "create token";

    public override string Summary => "Request a service account token.";

    public override Flags Flags => new Flags().Output().Array("audience").Duration("duration").Text("bound-object-kind").Text("bound-object-name").Text("bound-object-uid");

    public override void Run(Session session, Arguments arguments)
    {
        if (arguments.Words.Count != 1)
        {
            throw Misused($"exactly one NAME is required, got {arguments.Words.Count}");
        }

        var spec = new JsonObject { ["audiences"] = arguments.Has("audience") ? new JsonArray([.. arguments.List("audience").Select(a => (JsonNode)a)]) : null };
        if (arguments.Duration("duration") is { Ticks: > 0 } duration)
        {
            spec["expirationSeconds"] = (long)duration.TotalSeconds;
        }

        if (arguments.Text("bound-object-kind") is { Length: > 0 } kind)
        {
            spec["boundObjectRef"] = new JsonObject
            {
                ["kind"] = kind,
                ["apiVersion"] = "v1",
                ["name"] = arguments.Text("bound-object-name"),
                ["uid"] = arguments.Text("bound-object-uid"),
            };
        }

        var request = new JsonObject { ["kind"] = "TokenRequest", ["apiVersion"] = "authentication.k8s.io/v1", ["metadata"] = new JsonObject { ["creationTimestamp"] = null }, ["spec"] = spec };
        JsonNode answer;
        try
        {
            answer = session.Api.Post($"/api/v1/namespaces/{session.Namespace}/serviceaccounts/{arguments.Words[0]}/token", request);
        }
        catch (StatusException refusal)
        {
            throw Failure.Error($"failed to create token: {refusal.Message}");
        }

        // Without a terminal kubectl ends it with no line feed, so that it can be put into a variable.
        session.Out(ObjectFormat.Of(arguments) is { } format ? format.Print(answer) : new Json(answer)["status"]["token"].Text);
    }
}
