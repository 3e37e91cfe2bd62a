using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Tests.Jupyter;

/// <summary>Messages of every shape, for properties.</summary>
internal static class AnyMessage
{
    private static readonly string[] Texts = ["", "a", "\"quoted\"", "line\nbreak", "naïve ü", "😀", "\0\u001f", "</script>", "\u2028", "\\"];

    private static readonly Gen<JsonNode?> Leaf = Gen.OneOf(
        Gen.Elements(Texts).Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Choose(int.MinValue, int.MaxValue).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Elements(true, false).Select(flag => (JsonNode?)JsonValue.Create(flag)),
        Gen.Constant<JsonNode?>(null),
        Gen.ArrayOf(Gen.Elements(Texts)).Select(texts => (JsonNode?)new JsonArray([.. texts.Select(text => (JsonNode)JsonValue.Create(text))])));

    private static readonly Gen<JsonObject> Map =
        from names in Gen.ListOf(Gen.Elements(Texts))
        from values in Gen.ArrayOf(Leaf, names.Count)
        select new JsonObject(names.Zip(values, KeyValuePair.Create).DistinctBy(entry => entry.Key).Select(e => KeyValuePair.Create(e.Key, e.Value?.DeepClone())));

    private static readonly Gen<JsonObject> Header =
        from map in Map
        from id in Gen.Elements(Texts)
        from type in Gen.Elements("execute_request", "status", "comm_msg")
        from session in Gen.Elements(Texts)
        select With(map, ("msg_id", id), ("msg_type", type), ("session", session));

    public static Arbitrary<JupyterMessage> Arbitrary { get; } = Arb.From(
        from channel in Gen.Elements(Channels.Shell, Channels.Control, Channels.Stdin, Channels.IOPub)
        from header in Header
        from parent in Gen.OneOf(Header, Gen.Constant(new JsonObject()))
        from metadata in Map
        from content in Map
        from buffers in Gen.ListOf(Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value)))
        select new JupyterMessage
        {
            Channel = channel,
            Header = header.ToElement(),
            ParentHeader = parent.ToElement(),
            Metadata = metadata.ToElement(),
            Content = content.ToElement(),
            Buffers = [.. buffers.Take(4).Select(bytes => new ReadOnlyMemory<byte>(bytes))],
        });

    /// <summary>Whether both say the same; the order of keys and the way texts are escaped do not matter.</summary>
    public static bool IsSame(JupyterMessage a, JupyterMessage b) =>
        a.Channel == b.Channel
        && Same(a.Header, b.Header) && Same(a.ParentHeader, b.ParentHeader) && Same(a.Metadata, b.Metadata) && Same(a.Content, b.Content)
        && a.Buffers.Select(x => x.ToArray()).SequenceEqual(b.Buffers.Select(x => x.ToArray()), Bytes.Instance);

    /// <summary>One message with two buffers, to be broken.</summary>
    public static JupyterMessage Small() => new()
    {
        Channel = Channels.Shell,
        Header = new JsonObject { ["msg_id"] = "1", ["msg_type"] = "comm_msg", ["session"] = "s" }.ToElement(),
        Buffers = ImmutableArray.Create<ReadOnlyMemory<byte>>(new byte[] { 1, 2, 3 }, new byte[] { 4 }),
    };

    private static JsonObject With(JsonObject map, params (string Name, string Value)[] texts)
    {
        var copy = map.DeepClone().AsObject();
        foreach (var (name, value) in texts)
        {
            copy[name] = value;
        }

        return copy;
    }

    private static bool Same(System.Text.Json.JsonElement a, System.Text.Json.JsonElement b) => System.Text.Json.JsonElement.DeepEquals(a, b);

    private sealed class Bytes : IEqualityComparer<byte[]>
    {
        public static Bytes Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Length;
    }
}
