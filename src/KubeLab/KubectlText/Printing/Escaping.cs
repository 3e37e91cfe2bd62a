using System.Text;

namespace KubeLab.KubectlText.Printing;

/// <summary>Keeps control characters in objects from moving a terminal's cursor.</summary>
internal static class Escaping
{
    /// <summary>A cell of a table: its first line, with dots when there are more.</summary>
    public static string Cell(string text)
    {
        var end = text.AsSpan().IndexOfAny('\f', '\n', '\r');
        return Of(end < 0 ? text : text[..end]) + (end < 0 ? "" : "...");
    }

    /// <summary>The text with its control characters in a form that can be seen.</summary>
    public static string Of(string text) => text.AsSpan().IndexOf('\x1b') < 0 && text.AsSpan().IndexOf('\r') < 0
        ? text
        : new StringBuilder(text).Replace("\x1b", "^[").Replace("\r", "\\r").ToString();
}
