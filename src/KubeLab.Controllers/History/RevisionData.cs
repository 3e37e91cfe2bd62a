using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.History;

/// <summary>What a controller revision holds: a patch that puts a whole pod template back.</summary>
/// <remarks>
/// Upstream: getPatch in pkg/controller/statefulset and pkg/controller/daemon. The text is the same as Go's, fields in order of their names and an absent time
/// of creation written as null, so that kubectl finds by comparing bytes that a template is a revision's already.
/// </remarks>
public static class RevisionData
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The data of a revision that keeps <paramref name="template"/>.</summary>
    public static OpaqueObject Of(PodTemplateSpec template) => JsonSerializer.Deserialize(Text(template), ApiJson.Default.OpaqueObject)!;

    /// <summary>The same as the text that is hashed.</summary>
    public static byte[] Text(PodTemplateSpec template)
    {
        var body = JsonSerializer.SerializeToNode(template, ApiJson.Default.PodTemplateSpec)!.AsObject();
        var metadata = body["metadata"] as JsonObject ?? [];
        metadata.TryAdd("creationTimestamp", null);
        body["metadata"] = metadata;
        body["$patch"] = "replace";
        return Sorted(new JsonObject { ["spec"] = new JsonObject { ["template"] = body } });
    }

    /// <summary>The template that <paramref name="revision"/> keeps; null when its data holds none that can be read.</summary>
    public static PodTemplateSpec? TemplateOf(ControllerRevision revision)
    {
        if (revision.Data?.Overflow?["spec"] is not { ValueKind: JsonValueKind.Object } spec
            || !spec.TryGetProperty("template", out var template) || template.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var body = JsonObject.Create(template)!;
        body.Remove("$patch");
        try
        {
            return body.Deserialize(ApiJson.Default.PodTemplateSpec);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Sorted(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            Write(json, node);
        }

        // Go escapes these three for the sake of HTML; outside of texts JSON has none of them.
        var text = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        return Encoding.UTF8.GetBytes(text.Replace("<", "\\u003c", StringComparison.Ordinal)
            .Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal));
    }

    private static void Write(Utf8JsonWriter json, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                json.WriteStartObject();
                foreach (var (name, value) in map.OrderBy(f => f.Key, StringComparer.Ordinal))
                {
                    json.WritePropertyName(name);
                    Write(json, value);
                }

                json.WriteEndObject();
                break;
            case JsonArray list:
                json.WriteStartArray();
                foreach (var item in list)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case null:
                json.WriteNullValue();
                break;
            default:
                node.WriteTo(json);
                break;
        }
    }
}
