using System.Text;

namespace KubeLab.Nodes.Programs.Shell;

/// <summary>A word (quotes still in it) or an operator.</summary>
internal readonly record struct Token(bool IsOperator, string Text);

/// <summary>Cuts a script into words and operators.</summary>
internal sealed class Lexer(string script)
{
    private static readonly string[] Operators = ["&&", "||", ";;", ">>", "2>&1", "1>&2", ">&2", ">&1", "2>>", "2>", "1>", "&>", "<", ">", ";", "|", "&", "(", ")"];

    private int at;

    /// <summary>All tokens; a line's end is the operator <c>\n</c>.</summary>
    public static List<Token> Cut(string script)
    {
        var lexer = new Lexer(script);
        var tokens = new List<Token>();
        while (lexer.Next() is { } token)
        {
            tokens.Add(token);
        }

        return tokens;
    }

    private Token? Next()
    {
        while (at < script.Length && (script[at] is ' ' or '\t' or '\r' || (script[at] == '\\' && at + 1 < script.Length && script[at + 1] == '\n')))
        {
            at += script[at] == '\\' ? 2 : 1;
        }

        if (at >= script.Length)
        {
            return null;
        }

        if (script[at] == '#')
        {
            at = script.IndexOf('\n', at) is >= 0 and var end ? end : script.Length;
            return Next();
        }

        if (script[at] == '\n')
        {
            at++;
            return new Token(true, "\n");
        }

        foreach (var op in Operators)
        {
            if (string.CompareOrdinal(script, at, op, 0, op.Length) == 0)
            {
                at += op.Length;
                return new Token(true, op);
            }
        }

        return new Token(false, ReadWord());
    }

    private string ReadWord()
    {
        var word = new StringBuilder();
        while (at < script.Length && script[at] is not (' ' or '\t' or '\n' or '\r' or ';' or '&' or '|' or '<' or '>' or '(' or ')'))
        {
            var start = at;
            at = EndOfPiece(script, at);
            word.Append(script, start, at - start);
        }

        return word.ToString();
    }

    /// <summary>Where the character, quotation, escape or expansion at <paramref name="at"/> ends.</summary>
    public static int EndOfPiece(string text, int at)
    {
        switch (text[at])
        {
            case '\\':
                return Math.Min(at + 2, text.Length);
            case '\'':
                return text.IndexOf('\'', at + 1) is >= 0 and var single ? single + 1 : throw Unterminated("'");
            case '`':
                return text.IndexOf('`', at + 1) is >= 0 and var back ? back + 1 : throw Unterminated("`");
            case '"':
                return EndOfDouble(text, at);
            case '$' when at + 1 < text.Length && text[at + 1] == '(':
                return EndOfBrackets(text, at + 1, '(', ')');
            case '$' when at + 1 < text.Length && text[at + 1] == '{':
                return EndOfBrackets(text, at + 1, '{', '}');
            default:
                return at + 1;
        }
    }

    private static int EndOfDouble(string text, int at)
    {
        for (var i = at + 1; i < text.Length;)
        {
            if (text[i] == '"')
            {
                return i + 1;
            }

            i = text[i] == '\'' ? i + 1 : EndOfPiece(text, i);
        }

        throw Unterminated("\"");
    }

    private static int EndOfBrackets(string text, int open, char left, char right)
    {
        var depth = 0;
        for (var i = open; i < text.Length;)
        {
            depth += text[i] == left ? 1 : text[i] == right ? -1 : 0;
            if (depth == 0)
            {
                return i + 1;
            }

            i = text[i] is '\'' or '"' or '\\' or '`' ? EndOfPiece(text, i) : i + 1;
        }

        throw Unterminated(left.ToString());
    }

    private static ShellSyntaxException Unterminated(string quote) => new($"syntax error: unterminated quoted string ({quote})");
}
