using System.Text.Json;
using KubeLab.Api;

namespace KubeLab.ApiServer.OpenApi;

/// <summary>Writes the extension by which clients find the schema and the operations of a kind.</summary>
internal static class GroupVersionKinds
{
    private const string Extension = "x-kubernetes-group-version-kind";

    /// <summary>On a schema: all kinds that it describes.</summary>
    public static void WriteList(Utf8JsonWriter json, IEnumerable<(string Group, string Version, string Kind)> kinds)
    {
        json.WriteStartArray(Extension);
        foreach (var kind in kinds)
        {
            Write(json, kind.Group, kind.Version, kind.Kind);
        }

        json.WriteEndArray();
    }

    /// <summary>On an operation: the kind that it is about.</summary>
    public static void WriteOne(Utf8JsonWriter json, ApiResource kind)
    {
        json.WritePropertyName(Extension);
        Write(json, kind.Group, kind.Version, kind.Kind);
    }

    private static void Write(Utf8JsonWriter json, string group, string version, string kind)
    {
        json.WriteStartObject();
        json.WriteString("group", group);
        json.WriteString("version", version);
        json.WriteString("kind", kind);
        json.WriteEndObject();
    }
}
