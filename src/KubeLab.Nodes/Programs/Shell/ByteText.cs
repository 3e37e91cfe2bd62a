using System.Buffers;
using System.Text;

namespace KubeLab.Nodes.Programs.Shell;

/// <summary>Bytes as text and back without loss: what is no UTF-8 becomes a lone surrogate, which no text can hold otherwise.</summary>
/// <remarks>Python calls the same thing surrogateescape. So files, pipes and archives may hold anything while scripts see text.</remarks>
internal static class ByteText
{
    private const int Escape = 0xDC00;

    /// <summary>Reads bytes as text.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => Decode(bytes, isWhole: true, out _);

    /// <summary>Reads bytes as text; a letter that is cut at the end stays unread unless the bytes are the whole.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, bool isWhole, out int used)
    {
        var text = new StringBuilder(bytes.Length);
        used = 0;
        while (used < bytes.Length)
        {
            var state = Rune.DecodeFromUtf8(bytes[used..], out var rune, out var length);
            if (state == OperationStatus.NeedMoreData && !isWhole)
            {
                break;
            }

            if (state == OperationStatus.Done)
            {
                text.Append(rune.ToString());
                used += length;
            }
            else
            {
                text.Append((char)(Escape + bytes[used++]));
            }
        }

        return text.ToString();
    }

    /// <summary>Writes text as bytes.</summary>
    public static byte[] Encode(string text)
    {
        var bytes = new ArrayBufferWriter<byte>(text.Length + 16);
        for (var i = 0; i < text.Length;)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
                i += rune.Utf16SequenceLength;
            }
            else
            {
                bytes.GetSpan(1)[0] = (byte)(text[i++] - Escape);
                bytes.Advance(1);
            }
        }

        return bytes.WrittenSpan.ToArray();
    }
}
