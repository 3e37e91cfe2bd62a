using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace KubeLab.ApiServer.Decoding;

/// <summary>Puts U+FFFD in the place of what is no character, as Go's decoder does: bytes that are not UTF-8, halves of pairs.</summary>
/// <remarks>.NET's reader takes such texts for JSON and fails only when somebody asks for them.</remarks>
internal static class SoundText
{
    private const int EscapeLength = 6;

    /// <summary>The JSON <paramref name="text"/> with nothing in it that cannot be read; itself when all is well.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> text)
    {
        var sound = Utf8.IsValid(text.Span) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text.Span));
        return sound.Span.IndexOf("\\ud"u8) >= 0 || sound.Span.IndexOf("\\uD"u8) >= 0 ? WithoutHalves(sound.ToArray()) : sound;
    }

    private static byte[] WithoutHalves(byte[] text)
    {
        for (var at = 0; at + EscapeLength <= text.Length; at++)
        {
            if (text[at] != '\\')
            {
                continue;
            }

            if (!char.IsSurrogate(Escaped(text, at)))
            {
                // What is escaped is stepped over: in "\\ud800" the second backslash begins nothing.
                at++;
            }
            else if (char.IsSurrogatePair(Escaped(text, at), Escaped(text, at + EscapeLength)))
            {
                at += (2 * EscapeLength) - 1;
            }
            else
            {
                "\\ufffd"u8.CopyTo(text.AsSpan(at));
                at += EscapeLength - 1;
            }
        }

        return text;
    }

    private static char Escaped(ReadOnlySpan<byte> text, int at) =>
        at + EscapeLength <= text.Length && text[at] == '\\' && text[at + 1] == 'u'
        && ushort.TryParse(text.Slice(at + 2, EscapeLength - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : '\0';
}
