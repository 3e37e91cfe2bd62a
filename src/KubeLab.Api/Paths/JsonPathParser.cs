using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeLab.Api.Paths;

/// <summary>Reads kubectl's dialect of JSONPath.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubectl/jsonpath/">JSONPath support</seealso>
internal sealed class JsonPathParser(string template)
{
    private int at;

    /// <summary>Reads a template: text, and paths in braces.</summary>
    /// <exception cref="FormatException">The template cannot be read.</exception>
    public List<JsonPathNode> ReadTemplate()
    {
        var nodes = new List<JsonPathNode>();
        while (at < template.Length)
        {
            var brace = template.IndexOf('{', at);
            var text = brace < 0 ? template[at..] : template[at..brace];
            if (text.Length > 0)
            {
                nodes.Add(new JsonPathNode.Text(text));
            }

            if (brace < 0)
            {
                break;
            }

            at = brace + 1;
            nodes.AddRange(ReadAction());
        }

        return nodes;
    }

    private List<JsonPathNode> ReadAction()
    {
        var parts = new List<JsonPathNode>();
        var steps = new List<JsonPathNode>();
        var isRange = false;
        void Close()
        {
            if (steps.Count > 0)
            {
                var path = new JsonPathNode.Sequence([.. steps]);
                parts.Add(isRange ? new JsonPathNode.Range(path) : path);
                isRange = false;
                steps.Clear();
            }
        }

        while (true)
        {
            switch (Peek())
            {
                case '\0':
                    throw new FormatException("unclosed action");
                case '}':
                    at++;
                    Close();
                    return parts;
                case ' ' or '\t' or '\n' or '\r':
                    at++;
                    Close();
                    break;
                case '"' or '\'':
                    Close();
                    parts.Add(new JsonPathNode.Text(ReadQuoted()));
                    break;
                case '.' or '[' or '$' or '@':
                    ReadStep(steps);
                    break;
                case var c when char.IsLetter(c):
                    Close();
                    switch (ReadWord())
                    {
                        case "range":
                            isRange = true;
                            break;
                        case "end":
                            parts.Add(new JsonPathNode.End());
                            break;
                        case "true" or "false" or "null":
                            break;
                        case var word:
                            throw new FormatException(Peek() == '\0' ? "unclosed action" : $"unrecognized identifier {word}");
                    }

                    break;
                case var c:
                    throw new FormatException($"unrecognized character in action: U+{(int)c:X4} '{c}'");
            }
        }
    }

    private void ReadStep(List<JsonPathNode> steps)
    {
        switch (template[at])
        {
            case '$' or '@':
                at++;
                steps.Add(new JsonPathNode.Field(""));
                break;
            case '.' when at + 1 < template.Length && template[at + 1] == '.':
                at += 2;
                steps.Add(new JsonPathNode.Recursive());
                if (Peek() != '[' && Peek() != '*')
                {
                    steps.Add(new JsonPathNode.Field(ReadName()));
                }
                else if (Peek() == '*')
                {
                    at++;
                    steps.Add(new JsonPathNode.Wildcard());
                }

                break;
            case '.':
                at++;
                if (Peek() == '*')
                {
                    at++;
                    steps.Add(new JsonPathNode.Wildcard());
                }
                else if (Peek() != '[')
                {
                    steps.Add(new JsonPathNode.Field(ReadName()));
                }

                break;
            default:
                steps.Add(ReadBrackets());
                break;
        }
    }

    private JsonPathNode ReadBrackets()
    {
        at++;
        if (Peek() == '?')
        {
            return ReadFilter();
        }

        var parts = new List<JsonPathNode>();
        while (true)
        {
            var end = EndOfPart();
            var text = template[at..end].Trim();
            at = end + 1;
            parts.Add(Part(text));
            if (template[end] == ']')
            {
                return parts.Count == 1 ? parts[0] : new JsonPathNode.Union(parts);
            }
        }
    }

    private int EndOfPart()
    {
        var quote = '\0';
        for (var i = at; i < template.Length; i++)
        {
            var c = template[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (c is ',' or ']')
            {
                return i;
            }
        }

        throw new FormatException("unterminated array");
    }

    private static JsonPathNode Part(string text)
    {
        if (text == "*")
        {
            return new JsonPathNode.Wildcard();
        }

        if (text.Length >= 2 && text[0] is '\'' or '"' && text[^1] == text[0])
        {
            return new JsonPathNode.Field(text[1..^1]);
        }

        var bounds = text.Split(':');
        if (bounds.Length > 3 || bounds.Any(bound => bound.Length > 0 && !int.TryParse(bound, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
        {
            throw new FormatException($"invalid array index {text}");
        }

        int? Bound(int i) => i < bounds.Length && bounds[i].Length > 0 ? int.Parse(bounds[i], CultureInfo.InvariantCulture) : null;
        return new JsonPathNode.Slice(Bound(0), Bound(1), Bound(2), bounds.Length == 1);
    }

    private JsonPathNode.Filter ReadFilter()
    {
        at++;
        if (Peek() != '(')
        {
            throw new FormatException("unclosed array expect ]");
        }

        at++;
        var left = ReadOperand();
        var op = new StringBuilder();
        while (Peek() is '=' or '!' or '<' or '>')
        {
            op.Append(template[at++]);
        }

        var right = op.Length > 0 ? ReadOperand() : null;
        if (Peek() != ')' || at + 1 >= template.Length || template[at + 1] != ']')
        {
            throw new FormatException("unterminated filter");
        }

        at += 2;
        var symbol = op.ToString();
        return symbol is "" or "==" or "!=" or "<" or "<=" or ">" or ">="
            ? new(left, symbol.Length == 0 ? "exists" : symbol, right)
            : throw new FormatException($"unrecognized filter operator {symbol}");
    }

    private JsonPathNode ReadOperand()
    {
        SkipSpaces();
        var steps = new List<JsonPathNode>();
        JsonPathNode? plain = null;
        if (Peek() is '"' or '\'')
        {
            plain = new JsonPathNode.Text(ReadQuoted());
        }
        else if (Peek() is '@' or '$' or '.' or '[')
        {
            while (Peek() is '@' or '$' or '.' or '[')
            {
                ReadStep(steps);
            }
        }
        else
        {
            var start = at;
            while (Peek() is not ('\0' or ')' or ' ' or '=' or '!' or '<' or '>'))
            {
                at++;
            }

            plain = Number(template[start..at]);
        }

        SkipSpaces();
        return plain ?? new JsonPathNode.Sequence(steps);
    }

    private static JsonPathNode.Literal Number(string word) => word switch
    {
        "true" => new(JsonValue.Create(true)),
        "false" => new(JsonValue.Create(false)),
        _ when long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => new(JsonValue.Create(whole)),
        _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => new(JsonValue.Create(number)),
        _ => throw new FormatException($"unrecognized identifier {word}"),
    };

    private string ReadQuoted()
    {
        var quote = template[at++];
        var text = new StringBuilder();
        while (Peek() != quote)
        {
            var c = Peek();
            if (c == '\0')
            {
                throw new FormatException("unterminated quoted string");
            }

            at++;
            if (c == '\\' && at < template.Length)
            {
                c = template[at++] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other };
            }

            text.Append(c);
        }

        at++;
        return text.ToString();
    }

    private string ReadWord()
    {
        var start = at;
        while (char.IsLetterOrDigit(Peek()))
        {
            at++;
        }

        return template[start..at];
    }

    /// <summary>Reads a field's name; a backslash takes the next character as it is, so that names may hold dots.</summary>
    private string ReadName()
    {
        var name = new StringBuilder();
        while (Peek() is not ('\0' or '.' or '[' or ']' or '}' or ')' or ' ' or '\t' or '\n' or '\r' or '=' or '!' or '<' or '>' or ',' or '$' or '@' or '{'))
        {
            if (template[at] == '\\' && at + 1 < template.Length)
            {
                at++;
            }

            name.Append(template[at++]);
        }

        return name.ToString();
    }

    private void SkipSpaces()
    {
        while (Peek() == ' ')
        {
            at++;
        }
    }

    private char Peek() => at < template.Length ? template[at] : '\0';
}
