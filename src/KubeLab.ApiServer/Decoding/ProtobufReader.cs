using System.Globalization;

namespace KubeLab.ApiServer.Decoding;

/// <summary>Reads tags, numbers and byte strings of protobuf's wire format; what does not fit ends in upstream's errors.</summary>
/// <seealso href="https://protobuf.dev/programming-guides/encoding/">Protobuf encoding</seealso>
internal ref struct ProtobufReader(ReadOnlySpan<byte> data)
{
    public const int VarintType = 0;
    public const int BytesType = 2;
    private const int Fixed64Type = 1;
    private const int GroupType = 3;
    private const int EndGroupType = 4;
    private const int Fixed32Type = 5;
    private const int VarintBitsMax = 64;
    private readonly ReadOnlySpan<byte> data = data;
    private int at;

    /// <summary>Whether all has been read.</summary>
    public readonly bool IsAtEnd => at == data.Length;

    /// <summary>The number and the wire type of the next field.</summary>
    /// <exception cref="FormatException">There is none that could be.</exception>
    public (int Number, int WireType) Tag(string message)
    {
        var tag = Varint();
        var type = (int)(tag & 7);
        var number = (int)(tag >> 3);
        if (type == EndGroupType)
        {
            throw new FormatException($"proto: {message}: wiretype end group for non-group");
        }

        return number > 0
            ? (number, type)
            : throw new FormatException($"proto: {message}: illegal tag {Text(number)} (wire type {Text((long)tag)})");
    }

    /// <summary>A number of up to 64 bits.</summary>
    /// <exception cref="FormatException">It does not end, or is longer.</exception>
    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            if (shift >= VarintBitsMax)
            {
                throw new FormatException("proto: integer overflow");
            }

            if (at == data.Length)
            {
                throw new FormatException("unexpected EOF");
            }

            var part = data[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    /// <summary>A string of bytes: a text, a message or packed numbers.</summary>
    /// <exception cref="FormatException">It is longer than what is left.</exception>
    public ReadOnlySpan<byte> Bytes()
    {
        var length = Varint();
        return (long)length < 0 ? throw new FormatException("proto: negative length found during unmarshaling") : Take(length);
    }

    /// <summary>Steps over the value of a field that nobody knows.</summary>
    /// <exception cref="FormatException">It does not end.</exception>
    public void Skip(int wireType)
    {
        // Groups nest, so their ends are counted rather than called for: no input can exhaust the stack.
        var groups = 0;
        while (true)
        {
            switch (wireType)
            {
                case VarintType:
                    Varint();
                    break;
                case Fixed64Type:
                    Take(sizeof(ulong));
                    break;
                case BytesType:
                    Bytes();
                    break;
                case GroupType:
                    groups++;
                    break;
                case EndGroupType when groups > 0:
                    groups--;
                    break;
                case Fixed32Type:
                    Take(sizeof(uint));
                    break;
                default:
                    throw new FormatException($"proto: illegal wireType {Text(wireType)}");
            }

            if (groups == 0)
            {
                return;
            }

            wireType = (int)(Varint() & 7);
        }
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(data.Length - at))
        {
            throw new FormatException("unexpected EOF");
        }

        at += (int)length;
        return data.Slice(at - (int)length, (int)length);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
