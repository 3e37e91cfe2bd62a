using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Setting;

/// <summary>What <c>set env --from=configmap/NAME</c> (or <c>secret/NAME</c>) brings: one variable for each key, which refers to it.</summary>
internal static partial class ImportedEnvironment
{
    public static IEnumerable<JsonObject> Of(Session session, Arguments arguments)
    {
        var from = arguments.Text("from");
        var word = from.Split('/', 2);
        if (word.Length != 2 || session.Discovery.Find(word[0]) is not { } resource)
        {
            throw Failure.Error("resource(s) were provided, but no name was specified");
        }

        if (resource.Kind is not ("ConfigMap" or "Secret"))
        {
            throw Failure.Error("unsupported resource specified in --from");
        }

        var source = new Json(Finder.Get(session, resource, session.Namespace, word[1]));
        var wanted = arguments.List("keys");
        var field = resource.Kind == "Secret" ? "secretKeyRef" : "configMapKeyRef";
        foreach (var key in source["data"].Fields.Select(pair => pair.Key).Where(key => wanted.Count == 0 || wanted.Contains(key)))
        {
            var name = arguments.Text("prefix") + NotInNames().Replace(key, "_").ToUpperInvariant();
            if (name != key)
            {
                session.Error($"Warning: key {key} transferred to {name}\n");
            }

            yield return new JsonObject
            {
                ["name"] = name,
                ["valueFrom"] = new JsonObject { [field] = new JsonObject { ["name"] = word[1], ["key"] = key } },
            };
        }
    }

    [GeneratedRegex("[^a-zA-Z0-9_]")]
    private static partial Regex NotInNames();
}
