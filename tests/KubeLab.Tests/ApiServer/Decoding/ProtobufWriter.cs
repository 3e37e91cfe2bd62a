using System.Text;

namespace KubeLab.Tests.ApiServer.Decoding;

/// <summary>Writes protobuf by hand: field numbers and values, as Go's clients put them on the wire.</summary>
internal sealed class ProtobufWriter
{
    private readonly List<byte> bytes = [];

    public byte[] Bytes => [.. bytes];

    /// <summary>An object in its envelope.</summary>
    public static byte[] Envelope(string apiVersion, string kind, ProtobufWriter raw) =>
        [.. "k8s\0"u8, .. new ProtobufWriter().Message(1, t => t.Text(1, apiVersion).Text(2, kind)).Raw(2, raw.Bytes).Text(3, "").Text(4, "").Bytes];

    public ProtobufWriter Number(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public ProtobufWriter Text(int field, string value) => Raw(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Message(int field, Action<ProtobufWriter> write)
    {
        var inner = new ProtobufWriter();
        write(inner);
        return Raw(field, inner.Bytes);
    }

    public ProtobufWriter Pair(int field, string key, string value) => Message(field, m => m.Text(1, key).Text(2, value));

    public ProtobufWriter Raw(int field, byte[] value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        bytes.AddRange(value);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
    }
}
