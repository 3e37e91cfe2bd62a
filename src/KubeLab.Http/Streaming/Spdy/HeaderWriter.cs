using System.Buffers.Binary;
using System.Text;

namespace KubeLab.Http.Streaming.Spdy;

/// <summary>Writes the header blocks of one connection: a zlib stream of blocks that hold their bytes as they are, for a server has few headers to tell.</summary>
internal sealed class HeaderWriter
{
    private bool hasBegun;

    /// <summary>Writes one block.</summary>
    public byte[] Write(IReadOnlyList<(string Name, string Value)> headers)
    {
        var plain = new List<byte>();
        Append(plain, headers.Count);
        foreach (var (name, value) in headers)
        {
            Append(plain, name.ToLowerInvariant());
            Append(plain, value);
        }

        var length = (ushort)plain.Count;
        byte[] start = hasBegun ? [] : [0x78, 0x01];
        hasBegun = true;

        // Go's inflater hands out what it has when an empty block comes, and not before.
        return [.. start, .. Block(length), .. plain, .. Block(0)];
    }

    private static byte[] Block(ushort length) => [0, (byte)length, (byte)(length >> 8), (byte)~length, (byte)(~length >> 8)];

    private static void Append(List<byte> bytes, string text)
    {
        var encoded = Encoding.UTF8.GetBytes(text);
        Append(bytes, encoded.Length);
        bytes.AddRange(encoded);
    }

    private static void Append(List<byte> bytes, int number)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(four, number);
        bytes.AddRange(four);
    }
}
