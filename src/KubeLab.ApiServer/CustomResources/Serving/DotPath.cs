using System.Text.Json.Nodes;

namespace KubeLab.ApiServer.CustomResources.Serving;

/// <summary>A path of field names such as <c>.spec.replicas</c>.</summary>
internal static class DotPath
{
    /// <summary>The value at <paramref name="path"/>, or null.</summary>
    public static JsonNode? Find(JsonNode? root, string path)
    {
        foreach (var name in Names(path))
        {
            root = (root as JsonObject)?[name];
        }

        return root;
    }

    /// <summary>Puts <paramref name="value"/> at <paramref name="path"/>; objects on the way are made.</summary>
    public static void Set(JsonObject root, string path, JsonNode value)
    {
        var names = Names(path);
        foreach (var name in names[..^1])
        {
            if (root[name] is not JsonObject inner)
            {
                root[name] = inner = [];
            }

            root = inner;
        }

        root[names[^1]] = value;
    }

    private static string[] Names(string path) => path.Split('.', StringSplitOptions.RemoveEmptyEntries);
}
