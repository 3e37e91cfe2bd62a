using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KubeLab.Notebook.Jupyter;

/// <summary>
/// Messages as clients without a sub-protocol expect them: one JSON text; with buffers a binary frame of big-endian 32-bit numbers (how
/// many parts, their offsets), the JSON, the buffers.
/// </summary>
internal static class LegacyFrame
{
    private const int PartsMax = 10_000;
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Whether the message must travel in a binary frame.</summary>
    public static bool IsBinary(JupyterMessage message) => message.Buffers.Length > 0;

    public static ReadOnlyMemory<byte> Write(JupyterMessage message)
    {
        var json = Json(message);
        if (!IsBinary(message))
        {
            return json;
        }

        var head = sizeof(uint) * (message.Buffers.Length + 2);
        var frame = new byte[head + json.Length + message.Buffers.Sum(b => b.Length)];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)(message.Buffers.Length + 1));
        var at = head;
        var part = 0;
        Put(json);
        foreach (var buffer in message.Buffers)
        {
            Put(buffer);
        }

        return frame;

        void Put(ReadOnlyMemory<byte> bytes)
        {
            BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(sizeof(uint) * ++part), (uint)at);
            bytes.CopyTo(frame.AsMemory(at));
            at += bytes.Length;
        }
    }

    /// <exception cref="FormatException">The bytes are no such frame.</exception>
    public static JupyterMessage Read(ReadOnlyMemory<byte> frame, bool isBinary)
    {
        var parts = isBinary ? Parts(frame) : [frame];
        var json = JsonText.ParseObject(parts[0], "message");
        return new JupyterMessage
        {
            Channel = json.Text("channel") ?? throw new FormatException("channel: a text is required"),
            Header = Object(json, "header"),
            ParentHeader = Object(json, "parent_header"),
            Metadata = Object(json, "metadata"),
            Content = Object(json, "content"),
            Buffers = parts[1..],
        }.Checked();
    }

    private static JsonElement Object(JsonElement json, string name) => json.Get(name)?.ValueKind switch
    {
        JsonValueKind.Object => json.GetProperty(name),
        null or JsonValueKind.Null => JsonText.EmptyObject,
        _ => throw new FormatException($"{name}: a JSON object is expected"),
    };

    private static ReadOnlyMemory<byte> Json(JupyterMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            Part("header", message.Header);
            writer.WriteString("msg_id", message.Id);
            writer.WriteString("msg_type", message.Type);
            Part("parent_header", message.ParentHeader);
            Part("metadata", message.Metadata);
            Part("content", message.Content);
            writer.WriteStartArray("buffers");
            writer.WriteEndArray();
            writer.WriteString("channel", message.Channel);
            writer.WriteEndObject();

            void Part(string name, JsonElement value)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value.RawUtf8(), skipInputValidation: true);
            }
        }

        return buffer.WrittenMemory;
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> Parts(ReadOnlyMemory<byte> frame)
    {
        var count = frame.Length < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32BigEndian(frame.Span);
        if (count is 0 or > PartsMax || frame.Length < sizeof(uint) * (count + 1))
        {
            throw new FormatException("frame: the number of parts does not fit the frame");
        }

        var parts = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>((int)count);
        for (var i = 0; i < (int)count; i++)
        {
            var from = Offset(i);
            var to = i + 1 < (int)count ? Offset(i + 1) : (uint)frame.Length;
            if (from < sizeof(uint) * (count + 1) || to < from || to > (uint)frame.Length)
            {
                throw new FormatException($"frame: offset {i} points outside");
            }

            parts.Add(frame[(int)from..(int)to]);
        }

        return parts.MoveToImmutable();

        uint Offset(int i) => BinaryPrimitives.ReadUInt32BigEndian(frame.Span[(sizeof(uint) * (i + 1))..]);
    }
}
