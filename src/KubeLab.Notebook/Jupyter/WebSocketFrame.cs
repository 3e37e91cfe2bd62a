using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace KubeLab.Notebook.Jupyter;

/// <summary>
/// Messages as <c>v1.kernel.websocket.jupyter.org</c> frames: a table of offsets, then channel, header, parent header, metadata, content
/// and buffers, all counted from the start, numbers little-endian of 64 bits.
/// </summary>
/// <seealso href="https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html">WebSocket protocols of Jupyter Server</seealso>
internal static class WebSocketFrame
{
    public const string Protocol = "v1.kernel.websocket.jupyter.org";
    private const int FixedParts = 5;
    private const int PartsMax = 10_000;

    public static byte[] Write(JupyterMessage message)
    {
        var channel = Encoding.UTF8.GetBytes(message.Channel);
        var count = FixedParts + message.Buffers.Length;
        var head = sizeof(ulong) * (count + 2);
        var length = head + channel.Length + message.Header.RawUtf8().Length + message.ParentHeader.RawUtf8().Length
            + message.Metadata.RawUtf8().Length + message.Content.RawUtf8().Length + message.Buffers.Sum(b => b.Length);
        var frame = new byte[length];
        BinaryPrimitives.WriteUInt64LittleEndian(frame, (ulong)(count + 1));
        var part = 0;
        var at = head;
        Put(channel);
        Put(message.Header.RawUtf8());
        Put(message.ParentHeader.RawUtf8());
        Put(message.Metadata.RawUtf8());
        Put(message.Content.RawUtf8());
        foreach (var buffer in message.Buffers)
        {
            Put(buffer.Span);
        }

        Mark();
        return frame;

        void Put(ReadOnlySpan<byte> bytes)
        {
            Mark();
            bytes.CopyTo(frame.AsSpan(at));
            at += bytes.Length;
        }

        void Mark() => BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(sizeof(ulong) * ++part), (ulong)at);
    }

    /// <exception cref="FormatException">The bytes are no such frame.</exception>
    public static JupyterMessage Read(ReadOnlyMemory<byte> frame)
    {
        var parts = Parts(frame);
        return new JupyterMessage
        {
            Channel = Encoding.UTF8.GetString(parts[0].Span),
            Header = JsonText.ParseObject(parts[1], "header"),
            ParentHeader = JsonText.ParseObject(parts[2], "parent_header"),
            Metadata = JsonText.ParseObject(parts[3], "metadata"),
            Content = JsonText.ParseObject(parts[4], "content"),
            Buffers = parts[FixedParts..],
        }.Checked();
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> Parts(ReadOnlyMemory<byte> frame)
    {
        var count = frame.Length < sizeof(ulong) ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(frame.Span);
        if (count is < FixedParts + 1 or > PartsMax || (ulong)frame.Length < sizeof(ulong) * (count + 1))
        {
            throw new FormatException("frame: the number of offsets does not fit the frame");
        }

        var parts = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>((int)count - 1);
        var from = Offset(0);
        for (var i = 1; i < (int)count; i++)
        {
            var to = Offset(i);
            if (from < sizeof(ulong) * (count + 1) || to < from || to > (ulong)frame.Length)
            {
                throw new FormatException($"frame: offset {i} points outside");
            }

            parts.Add(frame[(int)from..(int)to]);
            from = to;
        }

        return parts.MoveToImmutable();

        ulong Offset(int i) => BinaryPrimitives.ReadUInt64LittleEndian(frame.Span[(sizeof(ulong) * (i + 1))..]);
    }
}
