using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;

namespace KubeLab.ApiServer.CustomResources.Serving;

/// <summary>Custom objects as trees of JSON, where schemas are at work, and back.</summary>
internal static class CustomJson
{
    public static JsonObject Of(CustomObject obj) => (JsonObject)JsonSerializer.SerializeToNode(obj, ApiJson.Default.CustomObject)!;

    /// <summary>The object with the fields of <paramref name="root"/> except for its metadata, which stay as they are.</summary>
    public static CustomObject WithFields(CustomObject obj, JsonObject root)
    {
        var rest = root.Where(f => f.Key is not ("apiVersion" or "kind" or "metadata"))
            .Select(f => KeyValuePair.Create(f.Key, JsonSerializer.SerializeToElement(f.Value, Registry.PatchJson.Default.JsonNode)))
            .ToList();
        return new CustomObject(obj.ApiVersion, obj.Kind, obj.Metadata, rest.Count == 0 ? null : new Overflow(rest));
    }
}
