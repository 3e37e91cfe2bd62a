using KubeLab.Api;

namespace KubeLab.ApiServer.Decoding;

/// <summary>Says what is wrong with a JSON text in the words of Go's scanner; it is asked only about texts that cannot be read.</summary>
/// <seealso href="https://pkg.go.dev/encoding/json#SyntaxError">encoding/json SyntaxError</seealso>
internal ref struct GoJson
{
    /// <summary>The deepest nesting that is read; Go reads deeper, and no object of the API comes near.</summary>
    public const int DepthMax = 500;

    private const string EndOfInput = "unexpected end of JSON input";
    private readonly ReadOnlySpan<char> text;
    private int at;
    private int depth;

    private GoJson(ReadOnlySpan<char> text) => this.text = text;

    /// <summary>The first error in <paramref name="text"/>, or null when there is none.</summary>
    public static string? ErrorIn(ReadOnlySpan<char> text)
    {
        var scan = new GoJson(text);
        return scan.Value() ?? scan.End();
    }

    private string? End()
    {
        Skip();
        return at == text.Length ? null : Unexpected("after top-level value");
    }

    private string? Value()
    {
        Skip();
        if (at == text.Length)
        {
            return EndOfInput;
        }

        return text[at] switch
        {
            '{' or '[' when depth == DepthMax => "exceeded max depth",
            '{' => Object(),
            '[' => Array(),
            '"' => Text(),
            't' => Literal("true"),
            'f' => Literal("false"),
            'n' => Literal("null"),
            '-' or (>= '0' and <= '9') => Number(),
            _ => Unexpected("looking for beginning of value"),
        };
    }

    private string? Object()
    {
        depth++;
        var error = Members();
        depth--;
        return error;
    }

    private string? Members()
    {
        at++;
        for (var first = true; ; first = false)
        {
            Skip();
            if (first && Take('}'))
            {
                return null;
            }

            if (at == text.Length)
            {
                return EndOfInput;
            }

            if (text[at] != '"')
            {
                return Unexpected("looking for beginning of object key string");
            }

            if ((Text() ?? Colon() ?? Value()) is { } error)
            {
                return error;
            }

            Skip();
            if (Take('}'))
            {
                return null;
            }

            if (!Take(','))
            {
                return Unexpected("after object key:value pair");
            }
        }
    }

    private string? Colon()
    {
        Skip();
        return Take(':') ? null : Unexpected("after object key");
    }

    private string? Array()
    {
        depth++;
        var error = Elements();
        depth--;
        return error;
    }

    private string? Elements()
    {
        at++;
        Skip();
        if (Take(']'))
        {
            return null;
        }

        while (true)
        {
            if (Value() is { } error)
            {
                return error;
            }

            Skip();
            if (Take(']'))
            {
                return null;
            }

            if (!Take(','))
            {
                return Unexpected("after array element");
            }
        }
    }

    private string? Text()
    {
        for (at++; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"':
                    at++;
                    return null;
                case < ' ':
                    return Unexpected("in string literal");
                case '\\' when ++at < text.Length && !"\"\\/bfnrtu".Contains(text[at], StringComparison.Ordinal):
                    return Unexpected("in string escape code");
                default:
                    break;
            }
        }

        return EndOfInput;
    }

    private string? Literal(string word)
    {
        for (var i = 0; i < word.Length; i++, at++)
        {
            if (at == text.Length)
            {
                return EndOfInput;
            }

            if (text[at] != word[i])
            {
                return Unexpected($"in literal {word} (expecting '{word[i]}')");
            }
        }

        return null;
    }

    private string? Number()
    {
        Take('-');
        if (at == text.Length)
        {
            return EndOfInput;
        }

        if (!char.IsAsciiDigit(text[at]))
        {
            return Unexpected("in numeric literal");
        }

        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '.' or 'e' or 'E' or '+' or '-'))
        {
            at++;
        }

        return null;
    }

    private bool Take(char c)
    {
        if (at == text.Length || text[at] != c)
        {
            return false;
        }

        at++;
        return true;
    }

    private void Skip()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }
    }

    private readonly string Unexpected(string where)
    {
        if (at >= text.Length)
        {
            return EndOfInput;
        }

        var shown = text[at] switch
        {
            '\'' => "'\\''",
            '"' => "'\"'",
            var c => $"'{GoQuote.Quote(c.ToString())[1..^1]}'",
        };
        return $"invalid character {shown} {where}";
    }
}
