using System.Text.Json.Nodes;
using KubeLab.Simulation;

namespace KubeLab.Testing.Fuzzing;

/// <summary>Patches of each type that more or less fit an object.</summary>
internal sealed class FuzzedPatches(Randomness chance, Mutation mutation, SampleGenerator samples)
{
    private static readonly string[] Operations = ["add", "remove", "replace", "move", "copy", "test", "x"];
    private static readonly string[] Managers = ["$patch", "$retainKeys", "$deleteFromPrimitiveList/finalizers", "$setElementOrder/containers", "$deleteFromPrimitiveList", "$setElementOrder/x"];

    public (string Type, string Text) For(FuzzTarget target, JsonObject current)
    {
        switch (chance.NextInt(4))
        {
            case 0:
                return ("application/json-patch+json", List(current).ToJsonString());
            case 1:
                return ("application/merge-patch+json", Part(target, current).ToJsonString());
            case 2:
                var strategic = Part(target, current);
                Direct(strategic);
                return ("application/strategic-merge-patch+json", strategic.ToJsonString());
            default:
                var applied = Part(target, current);
                applied["apiVersion"] = target.ApiVersion;
                applied["kind"] = target.Kind;
                (applied["metadata"] as JsonObject)?.Remove("managedFields");
                return ("application/apply-patch+yaml", applied.ToJsonString());
        }
    }

    // A few of the object's own fields, changed.
    private JsonObject Part(FuzzTarget target, JsonObject current)
    {
        var part = (JsonObject)current.DeepClone();
        foreach (var key in part.Select(p => p.Key).Where(_ => chance.NextInt(2) == 0).ToArray())
        {
            part.Remove(key);
        }

        (part["metadata"] as JsonObject)?.Remove("resourceVersion");
        mutation.Tree(part, FieldSchema.Upstream.MessageOf(target.ApiVersion, target.Kind));
        return part;
    }

    private void Direct(JsonObject patch)
    {
        var maps = new List<JsonObject>();
        Collect(patch, maps);
        var map = maps[chance.NextInt(maps.Count)];
        map[Managers[chance.NextInt(Managers.Length)]] = chance.NextInt(5) switch
        {
            0 => "delete",
            1 => "replace",
            2 => "merge",
            3 => new JsonArray("a", new JsonObject { ["name"] = "main" }),
            _ => Odd.Value(chance),
        };
    }

    private JsonArray List(JsonObject current)
    {
        var paths = new List<string>();
        Paths(current, "", paths);
        var list = new JsonArray();
        for (var i = chance.NextInt(5); i > 0; i--)
        {
            var operation = new JsonObject { ["op"] = Operations[chance.NextInt(Operations.Length)], ["path"] = Path(paths) };
            if (chance.NextInt(2) == 0)
            {
                operation["from"] = Path(paths);
            }

            if (chance.NextInt(5) > 0)
            {
                operation["value"] = chance.NextInt(2) == 0 ? Odd.Value(chance) : samples.Of("string");
            }

            list.Add(operation);
        }

        return list;
    }

    private string Path(List<string> paths) => paths[chance.NextInt(paths.Count)] + (chance.NextInt(6) switch
    {
        0 => "/" + Odd.Text(chance),
        1 => "/-",
        2 => "/0",
        _ => "",
    });

    private static void Paths(JsonNode? node, string at, List<string> paths)
    {
        paths.Add(at);
        if (node is JsonObject map)
        {
            foreach (var (key, value) in map)
            {
                Paths(value, $"{at}/{key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", paths);
            }
        }
        else if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                Paths(list[i], $"{at}/{i}", paths);
            }
        }
    }

    private static void Collect(JsonNode? node, List<JsonObject> maps)
    {
        if (node is JsonObject map)
        {
            maps.Add(map);
            foreach (var (_, value) in map)
            {
                Collect(value, maps);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var value in list)
            {
                Collect(value, maps);
            }
        }
    }
}
