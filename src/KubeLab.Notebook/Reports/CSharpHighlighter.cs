using System.Text;

namespace KubeLab.Notebook.Reports;

/// <summary>Colours C# by a small tokenizer: enough to read by, without the compiler's help.</summary>
internal static class CSharpHighlighter
{
    private static readonly HashSet<string> Keywords =
    [
        .. ("abstract and as async await base bool break byte case catch char class const continue decimal default delegate "
            + "do double else enum event explicit extern false finally fixed float for foreach from get global goto if implicit "
            + "in init int interface internal is let lock long nameof namespace new not null object operator or orderby out "
            + "override params private protected public readonly record ref required return sbyte sealed select set short "
            + "sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort "
            + "using var virtual void volatile when where while with yield").Split(' '),
    ];

    /// <summary>The code as HTML, each line in a span; <paramref name="marked"/> (from 1) is the line of an error, 0 marks none.</summary>
    public static string ToHtml(string code, int marked = 0)
    {
        var html = new StringBuilder();
        var line = 1;
        Open();
        for (var at = 0; at < code.Length;)
        {
            var (length, kind) = Next(code, at);
            var lines = code.Substring(at, length).Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                if (i > 0)
                {
                    html.Append("</span>\n");
                    line++;
                    Open();
                }

                if (lines[i].Length > 0)
                {
                    var text = HtmlReport.Encode(lines[i]);
                    html.Append(kind.Length == 0 ? text : $"<span class=\"{kind}\">{text}</span>");
                }
            }

            at += length;
        }

        return html.Append("</span>").ToString();

        void Open() => html.Append(line == marked ? "<span class=\"line error-line\">" : "<span class=\"line\">");
    }

    /// <summary>The next token's length and class: k keyword, s text, c comment, n number, t type-like name, d directive.</summary>
    private static (int Length, string Kind) Next(string code, int at)
    {
        var c = code[at];
        if (c == '/' && at + 1 < code.Length && code[at + 1] is '/' or '*')
        {
            return (code[at + 1] == '/' ? Until(code, at, "\n", false) : Until(code, at + 2, "*/", true) + 2, "c");
        }

        if (c == '#' && IsLineStart(code, at))
        {
            return (Until(code, at, "\n", false), "d");
        }

        if (TextPrefix(code, at) is >= 0 and var prefix)
        {
            return (prefix + TextLength(code, at + prefix, code.AsSpan(at, prefix).Contains('@')), "s");
        }

        if (c == '\'')
        {
            return (Math.Min(QuotedLength(code, at, '\'', false), code.Length - at), "s");
        }

        if (char.IsDigit(c))
        {
            return (While(code, at, static x => char.IsLetterOrDigit(x) || x is '_' or '.'), "n");
        }

        if (char.IsLetter(c) || c is '_' or '@')
        {
            var length = While(code, at + 1, static x => char.IsLetterOrDigit(x) || x == '_') + 1;
            var word = code.Substring(at, length);
            return (length, Keywords.Contains(word) ? "k" : char.IsUpper(c) && !IsMember(code, at) ? "t" : "");
        }

        return (1, "");
    }

    private static bool IsLineStart(string code, int at)
    {
        var start = code.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
        return string.IsNullOrWhiteSpace(code[Math.Min(start, at)..at]);
    }

    private static bool IsMember(string code, int at) => at > 0 && code[at - 1] == '.';

    /// <summary>How many of <c>$</c> and <c>@</c> stand before an opening quote, or -1 when no text starts here.</summary>
    private static int TextPrefix(string code, int at)
    {
        var length = While(code, at, static x => x is '$' or '@');
        return at + length < code.Length && code[at + length] == '"' ? length : -1;
    }

    private static int TextLength(string code, int at, bool isVerbatim)
    {
        var quotes = While(code, at, static x => x == '"');
        if (quotes >= 3)
        {
            return Until(code, at + quotes, new string('"', quotes), true) + quotes;
        }

        return QuotedLength(code, at, '"', isVerbatim);
    }

    private static int QuotedLength(string code, int at, char quote, bool isVerbatim)
    {
        for (var i = at + 1; i < code.Length; i++)
        {
            if (code[i] == '\\' && !isVerbatim)
            {
                i++;
            }
            else if (code[i] == quote && isVerbatim && i + 1 < code.Length && code[i + 1] == quote)
            {
                i++;
            }
            else if (code[i] == quote)
            {
                return i + 1 - at;
            }
            else if (code[i] == '\n' && !isVerbatim)
            {
                return i - at;
            }
        }

        return code.Length - at;
    }

    private static int Until(string code, int from, string end, bool including)
    {
        var index = from > code.Length ? -1 : code.IndexOf(end, from, StringComparison.Ordinal);
        return (index < 0 ? code.Length : including ? index + end.Length : index) - from;
    }

    private static int While(string code, int from, Func<char, bool> holds)
    {
        var at = from;
        while (at < code.Length && holds(code[at]))
        {
            at++;
        }

        return at - from;
    }
}
