using System.Buffers.Binary;
using System.Text;

namespace KubeLab.ApiServer.OpenApi.Version2;

/// <summary>Writes protobuf messages into one buffer; a field is written whether or not it has its default value.</summary>
/// <seealso href="https://protobuf.dev/programming-guides/encoding/">Encoding</seealso>
internal sealed class ProtobufWriter
{
    private byte[] buffer = new byte[1 << 20];
    private int length;

    /// <summary>What has been written.</summary>
    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, length);

    /// <summary>Begins a message in field <paramref name="field"/>; what it returns goes to <see cref="End"/>.</summary>
    public int Begin(int field)
    {
        Tag(field, 2);
        Reserve(1);
        return ++length;
    }

    /// <summary>Ends the message that began at <paramref name="start"/>.</summary>
    public void End(int start)
    {
        var size = length - start;
        var extra = SizeOf((ulong)size) - 1;
        if (extra > 0)
        {
            // One byte was kept for the size; a longer message moves on by what its size takes more.
            Reserve(extra);
            buffer.AsSpan(start, size).CopyTo(buffer.AsSpan(start + extra));
        }

        length = start - 1;
        Varint((ulong)size);
        length += size;
    }

    /// <summary>Writes a text.</summary>
    public void Text(int field, string text)
    {
        Tag(field, 2);
        var size = Encoding.UTF8.GetByteCount(text);
        Varint((ulong)size);
        Reserve(size);
        length += Encoding.UTF8.GetBytes(text, buffer.AsSpan(length));
    }

    /// <summary>Writes a whole number.</summary>
    public void Integer(int field, long value)
    {
        Tag(field, 0);
        Varint((ulong)value);
    }

    /// <summary>Writes a truth value.</summary>
    public void Flag(int field, bool value) => Integer(field, value ? 1 : 0);

    /// <summary>Writes a number.</summary>
    public void Number(int field, double value)
    {
        Tag(field, 1);
        Reserve(sizeof(double));
        BinaryPrimitives.WriteDoubleLittleEndian(buffer.AsSpan(length), value);
        length += sizeof(double);
    }

    private void Tag(int field, int wireType) => Varint((ulong)((field << 3) | wireType));

    private void Varint(ulong value)
    {
        Reserve(10);
        for (; value >= 0x80; value >>= 7)
        {
            buffer[length++] = (byte)(value | 0x80);
        }

        buffer[length++] = (byte)value;
    }

    private static int SizeOf(ulong value)
    {
        var size = 1;
        for (; value >= 0x80; value >>= 7)
        {
            size++;
        }

        return size;
    }

    private void Reserve(int bytes)
    {
        if (length + bytes > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + bytes));
        }
    }
}
