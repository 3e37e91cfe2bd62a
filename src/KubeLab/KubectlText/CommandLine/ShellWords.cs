using System.Text;

namespace KubeLab.KubectlText.CommandLine;

/// <summary>Splits a line into words as a POSIX shell does: single and double quotes, and the backslash.</summary>
internal static class ShellWords
{
    /// <exception cref="Failure">A quote is not closed, or the line asks for what only a shell can do.</exception>
    public static List<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isWord = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            switch (c)
            {
                case ' ' or '\t' or '\n' or '\r':
                    if (isWord)
                    {
                        words.Add(word.ToString());
                        word.Clear();
                        isWord = false;
                    }

                    break;
                case '\'' or '"':
                    isWord = true;
                    i = Quoted(line, i, word);
                    break;
                case '\\' when i + 1 < line.Length:
                    // A backslash at the end of a line continues it.
                    i++;
                    isWord |= line[i] is not ('\n' or '\r');
                    word.Append(line[i] is '\n' or '\r' ? "" : line[i]);
                    break;
                case '#' when !isWord:
                    var end = line.IndexOf('\n', i);
                    i = end < 0 ? line.Length : end;
                    break;
                case '|' or '>' or '<' or ';' or '&' or '`':
                    throw Unsupported(c);
                case '$' when i + 1 < line.Length && line[i + 1] == '(':
                    throw Unsupported('$');
                default:
                    isWord = true;
                    word.Append(c);
                    break;
            }
        }

        if (isWord)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    private static int Quoted(string line, int start, StringBuilder word)
    {
        var quote = line[start];
        for (var i = start + 1; i < line.Length; i++)
        {
            if (line[i] == quote)
            {
                return i;
            }

            if (quote == '"' && line[i] == '\\' && i + 1 < line.Length && line[i + 1] is '"' or '\\' or '$' or '`' or '\n')
            {
                i++;
                if (line[i] == '\n')
                {
                    continue;
                }
            }

            word.Append(line[i]);
        }

        throw new Failure($"error: the quote {quote} is not closed");
    }

    private static Failure Unsupported(char c) => new(c switch
    {
        '|' => "error: there is no shell here, so no pipe (|); Kubectl(…) returns the text: filter it in C#, or select with -l, --field-selector or -o jsonpath=…",
        '>' => "error: there is no shell here, so no redirection (>); Kubectl(…) returns the text: write it with File.WriteAllText",
        '<' => "error: there is no shell here, so no redirection (<); pass the text as the second argument: Kubectl(\"apply -f -\", yaml)",
        ';' or '&' => $"error: there is no shell here, so one command at a time ({c}); put what belongs to an argument in quotes",
        _ => $"error: there is no shell here, so no substitution ({c}); put what belongs to an argument in single quotes",
    });
}
