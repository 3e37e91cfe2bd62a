using System.Globalization;
using System.Text;

namespace KubeLab.Nodes.Programs.Shell;

/// <summary>Expands words: quotes, <c>$VAR</c>, <c>${VAR:-default}</c>, <c>$((…))</c>, <c>$(…)</c>; results outside quotes are split at blanks.</summary>
internal static class WordExpansion
{
    /// <summary>The words that come of <paramref name="raw"/>.</summary>
    public static List<string> Expand(IReadOnlyList<string> raw, ShellProcess process)
    {
        var words = new List<string>(raw.Count);
        foreach (var word in raw)
        {
            if (word.AsSpan().IndexOfAny("'\"\\$`") < 0)
            {
                words.Add(word);
                continue;
            }

            var state = new Splitter(words, splits: !IsAssignment(word));
            Expand(word, process, quoted: false, state);
            state.End();
        }

        return words;
    }

    /// <summary>Whether a word reads <c>NAME=…</c>.</summary>
    public static bool IsAssignment(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && !char.IsAsciiDigit(word[0]) && word.AsSpan(0, equals).IndexOfAnyExcept(NameLetters) < 0;
    }

    private static readonly System.Buffers.SearchValues<char> NameLetters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private static void Expand(string text, ShellProcess process, bool quoted, Splitter into)
    {
        for (var i = 0; i < text.Length;)
        {
            var end = quoted && text[i] == '\'' ? i + 1 : Lexer.EndOfPiece(text, i);
            switch (text[i])
            {
                case '\\' when i + 1 < text.Length:
                    into.Literal(quoted && text[i + 1] is not ('"' or '\\' or '$' or '`') ? text[i..end] : text[(i + 1)..end]);
                    break;
                case '\'' when !quoted:
                    into.Literal(text[(i + 1)..(end - 1)]);
                    break;
                case '"' when !quoted:
                    into.Literal("");
                    Expand(text[(i + 1)..(end - 1)], process, quoted: true, into);
                    break;
                case '`':
                    into.Value(Substitute(text[(i + 1)..(end - 1)], process), quoted);
                    break;
                case '$':
                    end = Dollar(text, i, process, quoted, into);
                    break;
                default:
                    into.Literal(text[i..end]);
                    break;
            }

            i = end;
        }
    }

    private static int Dollar(string text, int at, ShellProcess process, bool quoted, Splitter into)
    {
        var end = Lexer.EndOfPiece(text, at);
        if (string.CompareOrdinal(text, at, "$((", 0, 3) == 0 && text[end - 2] == ')')
        {
            into.Value(Arithmetic.Evaluate(text[(at + 3)..(end - 2)], process).ToString(CultureInfo.InvariantCulture), quoted);
        }
        else if (string.CompareOrdinal(text, at, "$(", 0, 2) == 0)
        {
            into.Value(Substitute(text[(at + 2)..(end - 1)], process), quoted);
        }
        else if (string.CompareOrdinal(text, at, "${", 0, 2) == 0)
        {
            into.Value(Braces(text[(at + 2)..(end - 1)], process), quoted);
        }
        else
        {
            end = at + 1;
            while (end < text.Length && NameLetters.Contains(text[end]))
            {
                end++;
            }

            if (end == at + 1 && end < text.Length && text[end] is '?' or '$' or '#' or '@' or '*' or '!')
            {
                end++;
            }

            into.Value(end == at + 1 ? "$" : Variable(text[(at + 1)..end], process), quoted);
        }

        return end;
    }

    private static string Braces(string inner, ShellProcess process)
    {
        var colon = inner.IndexOfAny([':', '-']);
        if (colon < 0)
        {
            return Variable(inner, process);
        }

        var value = Variable(inner[..colon], process);
        var dash = inner.IndexOf('-', StringComparison.Ordinal);
        if (value.Length > 0 || dash < 0)
        {
            return value;
        }

        return string.Join(' ', Expand([inner[(dash + 1)..]], process));
    }

    private static string Variable(string name, ShellProcess process) => name switch
    {
        "?" => process.Status.ToString(CultureInfo.InvariantCulture),
        "$" => "1",
        "#" => "0",
        "RANDOM" => (Math.Abs(HashCode(process.Now.Ticks)) % 32768).ToString(CultureInfo.InvariantCulture),
        _ => process.Variables.GetValueOrDefault(name, ""),
    };

    // The same instant gives the same number, so that a log can be told again.
    private static int HashCode(long ticks) => (int)((((ulong)ticks * 0x9E3779B97F4A7C15) >> 33) & 0x7FFFFFFF);

    private static string Substitute(string script, ShellProcess process) => process.Capture(Parser.Parse(script)).TrimEnd('\n');

    private sealed class Splitter(List<string> words, bool splits)
    {
        private readonly StringBuilder word = new();
        private bool open;

        public void Literal(string text)
        {
            open = true;
            word.Append(text);
        }

        public void Value(string text, bool quoted)
        {
            if (quoted || !splits)
            {
                Literal(text);
                return;
            }

            foreach (var letter in text)
            {
                if (letter is ' ' or '\t' or '\n')
                {
                    End();
                }
                else
                {
                    open = true;
                    word.Append(letter);
                }
            }
        }

        public void End()
        {
            if (open)
            {
                words.Add(word.ToString());
                word.Clear();
                open = false;
            }
        }
    }
}
