using System.Globalization;

namespace KubeLab.Api.Yaml;

/// <summary>Writes texts in the styles of YAML. Where folding is allowed, a line ends at the first single space after column 80.</summary>
internal static class YamlQuoting
{
    private const int Width = 80;

    public static void Plain(YamlOutput output, string text, int indent, bool mayFold)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (mayFold && IsFold(output, text, i))
            {
                output.Line(indent);
            }
            else
            {
                output.Append(text[i]);
            }
        }
    }

    public static void Single(YamlOutput output, string text, int indent, bool mayFold)
    {
        output.Append('\'');
        for (var i = 0; i < text.Length; i++)
        {
            if (mayFold && i > 0 && i < text.Length - 1 && IsFold(output, text, i))
            {
                output.Line(indent);
                continue;
            }

            output.Append(text[i] == '\'' ? "''" : text[i].ToString());
        }

        output.Append('\'');
    }

    public static void Double(YamlOutput output, string text, int indent, bool mayFold)
    {
        output.Append('"');
        var afterSpace = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (!YamlStyle.IsPrintable(c) || YamlStyle.IsBreak(c) || c is '"' or '\\')
            {
                output.Append(Escape(text, ref i));
                afterSpace = false;
            }
            else if (c == ' ' && mayFold && !afterSpace && output.Column > Width && i > 0 && i < text.Length - 1)
            {
                output.Line(indent);
                if (text[i + 1] == ' ')
                {
                    output.Append('\\');
                }

                afterSpace = true;
            }
            else
            {
                output.Append(c);
                afterSpace = c == ' ';
            }
        }

        output.Append('"');
    }

    /// <summary>A block of lines; the header says how it is indented, when its first line is, and whether it ends with a line
    /// feed.</summary>
    public static void Literal(YamlOutput output, string text, int indent)
    {
        output.Append('|');
        if (text[0] == ' ' || YamlStyle.IsBreak(text[0]))
        {
            output.Append('2');
        }

        if (!YamlStyle.IsBreak(text[^1]))
        {
            output.Append('-');
        }
        else if (text.Length == 1 || YamlStyle.IsBreak(text[^2]))
        {
            output.Append('+');
        }

        var body = text.EndsWith('\n') ? text[..^1] : text;
        foreach (var line in body.Split('\n'))
        {
            output.Break();
            if (line.Length > 0)
            {
                output.Indent(indent);
                output.Append(line);
            }
        }
    }

    private static bool IsFold(YamlOutput output, string text, int i) =>
        text[i] == ' ' && output.Column > Width && (i == 0 || text[i - 1] != ' ') && (i + 1 == text.Length || text[i + 1] != ' ');

    private static string Escape(string text, ref int i)
    {
        var c = text[i];
        if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
        {
            return $"\\U{char.ConvertToUtf32(c, text[++i]).ToString("X8", CultureInfo.InvariantCulture)}";
        }

        return c switch
        {
            '\0' => "\\0",
            '\a' => "\\a",
            '\b' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\v' => "\\v",
            '\f' => "\\f",
            '\r' => "\\r",
            '\x1b' => "\\e",
            '"' => "\\\"",
            '\\' => "\\\\",
            '\x85' => "\\N",
            '\u2028' => "\\L",
            '\u2029' => "\\P",
            <= '\xff' => $"\\x{((int)c).ToString("X2", CultureInfo.InvariantCulture)}",
            _ => $"\\u{((int)c).ToString("X4", CultureInfo.InvariantCulture)}",
        };
    }
}
