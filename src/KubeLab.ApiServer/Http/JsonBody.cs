using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Meta;

namespace KubeLab.ApiServer.Http;

/// <summary>Writes objects, lists and refusals as JSON.</summary>
internal static class JsonBody
{
    /// <summary>What <paramref name="write"/> writes, as UTF-8; about <paramref name="bytes"/> long, if that is known.</summary>
    public static ReadOnlyMemory<byte> Of(Action<Utf8JsonWriter> write, bool indented = false, int bytes = 1024)
    {
        var buffer = new ArrayBufferWriter<byte>(bytes);
        var options = new JsonWriterOptions { Indented = indented, SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            write(json);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, IApiObject obj) => JsonSerializer.Serialize(json, obj, ApiJson.Default.GetTypeInfo(obj.GetType())!);

    /// <summary>Writes a refusal, or a success that has no object.</summary>
    public static void Write(Utf8JsonWriter json, Status status) => JsonSerializer.Serialize(json, status, ApiJson.Default.Status);

    /// <summary>Writes kind, apiVersion and list metadata; the object stays open.</summary>
    public static void BeginList(Utf8JsonWriter json, string kind, string apiVersion, ListMeta metadata)
    {
        json.WriteStartObject();
        json.WriteString("kind", kind);
        json.WriteString("apiVersion", apiVersion);
        json.WritePropertyName("metadata");
        JsonSerializer.Serialize(json, metadata, ApiJson.Default.ListMeta);
    }

    /// <summary>Writes an object's metadata alone.</summary>
    public static void WriteMetadata(Utf8JsonWriter json, IApiObject obj)
    {
        json.WriteStartObject();
        json.WriteString("kind", "PartialObjectMetadata");
        json.WriteString("apiVersion", "meta.k8s.io/v1");
        json.WritePropertyName("metadata");
        JsonSerializer.Serialize(json, obj.Metadata, ApiJson.Default.ObjectMeta);
        json.WriteEndObject();
    }
}
