using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Authorizing;

/// <summary><c>kubectl auth whoami</c>.</summary>
internal sealed class WhoAmICommand : Command
{
    public override string Name => "auth whoami";

    public override string Summary => "Check self subject attributes.";

    public override Flags Flags => new Flags().Output();

    public override void Run(Session session, Arguments arguments)
    {
        var answer = session.Api.Post("/apis/authentication.k8s.io/v1/selfsubjectreviews", new JsonObject
        {
            ["kind"] = "SelfSubjectReview",
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["metadata"] = new JsonObject { ["creationTimestamp"] = null },
        });
        if (ObjectFormat.Of(arguments) is { } format)
        {
            var typed = new JsonObject { ["kind"] = "SelfSubjectReview", ["apiVersion"] = "authentication.k8s.io/v1" };
            foreach (var field in new[] { "metadata", "status" })
            {
                typed[field] = answer[field]?.DeepClone();
            }

            session.Out(format.Print(typed, isOwn: true));
            return;
        }

        var user = new Json(answer)["status"]["userInfo"];
        var writer = TabWriter.ForTables();
        writer.Write("ATTRIBUTE\tVALUE\n");
        Write(writer, "Username", user["username"].Text);
        Write(writer, "UID", user["uid"].Text);
        Write(writer, "Groups", List(user["groups"]));
        foreach (var (name, values) in user["extra"].Fields)
        {
            Write(writer, $"Extra: {name}", List(values));
        }

        session.Out(writer.Take());
    }

    private static void Write(TabWriter writer, string name, string value)
    {
        if (value.Length > 0)
        {
            writer.Write($"{name}\t{value}\n");
        }
    }

    private static string List(Json values) => values.Count == 0 ? "" : $"[{string.Join(' ', values.Items.Select(v => v.Text))}]";
}
