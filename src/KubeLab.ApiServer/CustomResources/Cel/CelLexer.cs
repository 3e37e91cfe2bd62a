using System.Globalization;
using System.Text;

namespace KubeLab.ApiServer.CustomResources.Cel;

/// <summary>What sort of word a token is.</summary>
internal enum CelTokenKind
{
    /// <summary>Nothing more.</summary>
    End,

    /// <summary>A name.</summary>
    Name,

    /// <summary>A number or a text.</summary>
    Value,

    /// <summary>An operator or a bracket.</summary>
    Sign,
}

/// <summary>One word of an expression.</summary>
internal readonly record struct CelToken(CelTokenKind Kind, string Text, object? Value, int At);

/// <summary>Splits an expression into words.</summary>
/// <seealso href="https://github.com/google/cel-spec/blob/master/doc/langdef.md">CEL's language definition</seealso>
internal sealed class CelLexer(string source)
{
    private static readonly string[] Signs =
        ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    private int at;

    /// <exception cref="CelException">A text does not end, or a sign is no part of the language.</exception>
    public static List<CelToken> Read(string source)
    {
        var lexer = new CelLexer(source);
        var tokens = new List<CelToken>();
        while (true)
        {
            var token = lexer.Next();
            tokens.Add(token);
            if (token.Kind == CelTokenKind.End)
            {
                return tokens;
            }
        }
    }

    private CelToken Next()
    {
        while (at < source.Length && (char.IsWhiteSpace(source[at]) || At("//")))
        {
            at = At("//") ? source.IndexOf('\n', at) is var end and >= 0 ? end : source.Length : at + 1;
        }

        if (at == source.Length)
        {
            return new(CelTokenKind.End, "<EOF>", null, at);
        }

        var (start, c) = (at, source[at]);
        if (c is '"' or '\'' || (c is 'r' or 'R' && at + 1 < source.Length && source[at + 1] is '"' or '\''))
        {
            return new(CelTokenKind.Value, "", Text(), start);
        }

        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < source.Length && char.IsAsciiDigit(source[at + 1])))
        {
            return new(CelTokenKind.Value, "", Number(), start);
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            while (at < source.Length && (char.IsAsciiLetterOrDigit(source[at]) || source[at] == '_'))
            {
                at++;
            }

            return new(CelTokenKind.Name, source[start..at], null, start);
        }

        var sign = Array.Find(Signs, At) ?? throw CelException.At(source, at, $"Syntax error: token recognition error at: '{c}'");
        at += sign.Length;
        return new(CelTokenKind.Sign, sign, null, start);
    }

    private object Number()
    {
        var start = at;
        if (At("0x") || At("0X"))
        {
            at += 2;
            while (at < source.Length && char.IsAsciiHexDigit(source[at]))
            {
                at++;
            }

            return long.TryParse(source.AsSpan(start + 2, at - start - 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex)
                ? hex : throw CelException.At(source, start, "invalid int literal");
        }

        while (at < source.Length && (char.IsAsciiDigit(source[at]) || source[at] is '.' or 'e' or 'E' || (source[at] is '+' or '-' && source[at - 1] is 'e' or 'E')))
        {
            at++;
        }

        var text = source.AsSpan(start, at - start);
        if (at < source.Length && source[at] is 'u' or 'U')
        {
            throw CelException.At(source, start, "unsigned numbers are not supported in this lab");
        }

        if (text.IndexOfAny('.', 'e', 'E') < 0)
        {
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
                ? whole : throw CelException.At(source, start, "invalid int literal");
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number : throw CelException.At(source, start, "invalid double literal");
    }

    private string Text()
    {
        var start = at;
        var isRaw = source[at] is 'r' or 'R';
        at += isRaw ? 1 : 0;
        var quote = source[at].ToString();
        quote = At(quote + quote + quote) ? quote + quote + quote : quote;
        at += quote.Length;
        var text = new StringBuilder();
        while (!At(quote))
        {
            if (at >= source.Length || (quote.Length == 1 && source[at] == '\n'))
            {
                throw CelException.At(source, start, "Syntax error: token recognition error: the text does not end");
            }

            if (source[at] == '\\' && !isRaw && at + 1 < source.Length)
            {
                Escape(text);
            }
            else
            {
                text.Append(source[at++]);
            }
        }

        at += quote.Length;
        return text.ToString();
    }

    private void Escape(StringBuilder text)
    {
        var c = source[at + 1];
        var digits = c switch { 'x' or 'X' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            var hex = at + 2 + digits <= source.Length ? source.AsSpan(at + 2, digits) : default;
            text.Append(int.TryParse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code)
                ? new Rune(code).ToString() : throw CelException.At(source, at, "Syntax error: token recognition error: invalid escape"));
            at += 2 + digits;
            return;
        }

        text.Append(c switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            '\\' or '\'' or '"' or '`' or '?' => c,
            _ => throw CelException.At(source, at, $"Syntax error: token recognition error at: '\\{c}'"),
        });
        at += 2;
    }

    private bool At(string sign) => source.AsSpan(Math.Min(at, source.Length)).StartsWith(sign);
}
