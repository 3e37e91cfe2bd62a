using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api.Yaml;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Patching;

/// <summary><c>kubectl patch</c>.</summary>
internal sealed class PatchCommand : Command
{
    public override string Name => "patch";

    public override string Summary => "Update fields of a resource.";

    public override Flags Flags => new Flags().Files().Output().DryRun().Text("patch", 'p').Text("patch-file").Text("type", value: "strategic")
        .Text("subresource").Text("field-manager", value: "kubectl-patch");

    public override void Run(Session session, Arguments arguments)
    {
        var type = arguments.Text("type");
        if (type is not ("json" or "merge" or "strategic"))
        {
            throw Failure.Error($"--type must be one of [json merge strategic], not \"{type}\"");
        }

        var text = arguments.Text("patch-file") is { Length: > 0 } file ? File.ReadAllText(file) : arguments.Text("patch");
        if (text.Length == 0)
        {
            throw Failure.Error("must specify --patch or --patch-file containing the contents of the patch");
        }

        var patch = Read(text);
        var result = new ResultPrinter(session, arguments);
        foreach (var info in new Finder(session, arguments).Find(arguments.Words))
        {
            session.Try(() => Patch(session, arguments, result, info, type, patch));
        }
    }

    private static void Patch(Session session, Arguments arguments, ResultPrinter result, Info info, string type, string patch)
    {
        var contentType = type switch { "json" => MediaTypes.JsonPatch, "merge" => MediaTypes.MergePatch, _ => MediaTypes.StrategicMergePatch };
        var subresource = arguments.Text("subresource") is { Length: > 0 } asked ? asked : null;
        var path = info.Resource.Path(info.Namespace, info.Name, subresource);
        var before = subresource is null ? info.Object : session.Api.Get(path);
        if (result.IsClientDryRun)
        {
            // Whether it was tried or done, the line is the same.
            result.PrintDone(info.Title, info.Object, "patched");
            return;
        }

        var after = Send(session, info, path + result.Query(arguments.Text("field-manager")), contentType, patch);
        var isSame = new Json(before)["metadata"]["resourceVersion"].Text == new Json(after)["metadata"]["resourceVersion"].Text
            && new Json(after)["metadata"]["resourceVersion"].Text.Length > 0;
        var title = Printing.ObjectFormat.NameOf(after);
        result.PrintDone(title, after, isSame && result.DryRun == "none" ? "patched (no change)" : "patched");
    }

    private static JsonNode Send(Session session, Info info, string path, string contentType, string patch)
    {
        try
        {
            return session.Api.Patch(path, contentType, patch);
        }
        catch (StatusException refusal) when (refusal.Code == 415)
        {
            throw Failure.Error($"{contentType} is not supported by {info.Resource.ApiVersion}, Kind={info.Resource.Kind}: {refusal.Message}");
        }
    }

    /// <summary>YAML becomes JSON; what looks like JSON is left to the server to read.</summary>
    private static string Read(string text)
    {
        if (text.TrimStart().StartsWith('{'))
        {
            return text;
        }

        try
        {
            return GoJson.Compact(Yaml.Read(text) ?? new JsonObject());
        }
        catch (Exception wrong) when (wrong is YamlSyntaxException or JsonException)
        {
            throw Failure.Error($"unable to parse \"{text}\": {wrong.Message}");
        }
    }
}
