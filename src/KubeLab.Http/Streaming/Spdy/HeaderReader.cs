using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace KubeLab.Http.Streaming.Spdy;

/// <summary>Reads the header blocks of one connection, which are one deflated stream with a dictionary that both ends know.</summary>
/// <remarks>
/// .NET's inflater takes no dictionary. It is given one all the same: a block of deflate may hold plain bytes, and whatever came before in the stream can be
/// referred to; so the dictionary goes first as such a block, and what comes out of it is thrown away.
/// </remarks>
internal sealed class HeaderReader : IDisposable
{
    private const int PreambleLength = 6;
    private const int HeadersMax = 1000;
    private const int LengthMax = 64 << 10;
    private readonly Feed feed = new();
    private readonly DeflateStream inflater;
    private bool hasBegun;

    public HeaderReader()
    {
        inflater = new DeflateStream(feed, CompressionMode.Decompress, leaveOpen: true);
        var dictionary = HeaderDictionary.Bytes;
        var length = (ushort)dictionary.Length;
        feed.Give([0, (byte)length, (byte)(length >> 8), (byte)~length, (byte)(~length >> 8), .. dictionary.Span]);
        inflater.ReadExactly(new byte[length]);
    }

    /// <summary>Reads one block.</summary>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public Dictionary<string, string> Read(ReadOnlySpan<byte> block)
    {
        if (!hasBegun)
        {
            if (block.Length < PreambleLength || (block[0] & 15) != 8 || (block[1] & 32) == 0)
            {
                throw new InvalidDataException("the first header block is no deflated stream with a dictionary");
            }

            hasBegun = true;
            block = block[PreambleLength..];
        }

        feed.Give(block.ToArray());
        try
        {
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            var count = Number(HeadersMax);
            for (var i = 0; i < count; i++)
            {
                var name = Text();
                headers[name] = Text();
            }

            return headers;
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("a header block ends too early");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => inflater.Dispose();

    private string Text()
    {
        var bytes = new byte[Number(LengthMax)];
        inflater.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private int Number(int max)
    {
        Span<byte> bytes = stackalloc byte[4];
        inflater.ReadExactly(bytes);
        var number = BinaryPrimitives.ReadInt32BigEndian(bytes);
        return number >= 0 && number <= max ? number : throw new InvalidDataException($"a header block names a length of {number}");
    }

    /// <summary>Gives what it was given, and then nothing until there is more.</summary>
    private sealed class Feed : Stream
    {
        private ReadOnlyMemory<byte> rest;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Give(byte[] bytes) => rest = rest.IsEmpty ? bytes : (byte[])[.. rest.Span, .. bytes];

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, rest.Length);
            rest.Span[..count].CopyTo(buffer);
            rest = rest[count..];
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
