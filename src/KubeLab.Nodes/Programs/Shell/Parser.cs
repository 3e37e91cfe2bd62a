namespace KubeLab.Nodes.Programs.Shell;

/// <summary>Turns a script into a tree. Functions, <c>case</c> and here-documents are not part of this shell.</summary>
internal sealed class Parser
{
    private static readonly HashSet<string> Closers = new(StringComparer.Ordinal) { "then", "elif", "else", "fi", "do", "done", "}" };

    private readonly List<Token> tokens;
    private int at;

    private Parser(List<Token> tokens) => this.tokens = tokens;

    /// <exception cref="ShellSyntaxException">The text is no script of this shell.</exception>
    public static Node Parse(string script)
    {
        var parser = new Parser(Lexer.Cut(script));
        var body = parser.ReadSequence();
        return parser.at == parser.tokens.Count ? body : throw parser.Unexpected();
    }

    private Node ReadSequence()
    {
        var items = new List<Node>();
        while (true)
        {
            while (IsOperator(";") || IsOperator("\n"))
            {
                at++;
            }

            if (at == tokens.Count || IsOperator(")") || (!tokens[at].IsOperator && Closers.Contains(tokens[at].Text)))
            {
                return items.Count == 1 ? items[0] : new Sequence(items);
            }

            var item = ReadAndOr();
            if (TakeOperator("&"))
            {
                item = new Background(item);
            }
            else if (at < tokens.Count && !IsOperator(";") && !IsOperator("\n") && !IsOperator(")"))
            {
                throw Unexpected();
            }

            items.Add(item);
        }
    }

    private Node ReadAndOr()
    {
        var left = ReadPipeline();
        while (IsOperator("&&") || IsOperator("||"))
        {
            var isAnd = tokens[at++].Text == "&&";
            SkipLines();
            left = new AndOr(left, isAnd, ReadPipeline());
        }

        return left;
    }

    private Node ReadPipeline()
    {
        if (TakeWord("!"))
        {
            return new Negation(ReadPipeline());
        }

        var first = ReadCommand();
        if (!IsOperator("|"))
        {
            return first;
        }

        var parts = new List<Node> { first };
        while (TakeOperator("|"))
        {
            SkipLines();
            parts.Add(ReadCommand());
        }

        return new Pipeline(parts);
    }

    private Node ReadCommand()
    {
        if (at == tokens.Count)
        {
            throw new ShellSyntaxException("syntax error: unexpected end of file");
        }

        if (TakeOperator("("))
        {
            var body = ReadSequence();
            ExpectOperator(")");
            return WithRedirections(body);
        }

        return tokens[at].IsOperator ? throw Unexpected() : tokens[at].Text switch
        {
            "if" => WithRedirections(ReadIf()),
            "while" or "until" => WithRedirections(ReadLoop()),
            "for" => WithRedirections(ReadFor()),
            "{" => WithRedirections(ReadBraces()),
            _ => ReadSimple(),
        };
    }

    private Conditional ReadIf()
    {
        at++;
        var condition = ReadSequence();
        ExpectWord("then");
        var then = ReadSequence();
        if (at < tokens.Count && tokens[at].Text == "elif")
        {
            return new Conditional(condition, then, ReadIf());
        }

        var otherwise = TakeWord("else") ? ReadSequence() : null;
        ExpectWord("fi");
        return new Conditional(condition, then, otherwise);
    }

    private Loop ReadLoop()
    {
        var until = tokens[at++].Text == "until";
        var condition = ReadSequence();
        return new Loop(condition, until, ReadBody());
    }

    private ForEach ReadFor()
    {
        at++;
        var variable = at < tokens.Count && !tokens[at].IsOperator ? tokens[at++].Text : throw Unexpected();
        ExpectWord("in");
        var words = new List<string>();
        while (at < tokens.Count && !tokens[at].IsOperator)
        {
            words.Add(tokens[at++].Text);
        }

        while (IsOperator(";") || IsOperator("\n"))
        {
            at++;
        }

        return new ForEach(variable, words, ReadBody());
    }

    private Node ReadBody()
    {
        ExpectWord("do");
        var body = ReadSequence();
        ExpectWord("done");
        return body;
    }

    private Node ReadBraces()
    {
        at++;
        var body = ReadSequence();
        ExpectWord("}");
        return body;
    }

    private Node WithRedirections(Node body)
    {
        var redirections = new List<Redirection>();
        while (ReadRedirection() is { } redirection)
        {
            redirections.Add(redirection);
        }

        return redirections.Count == 0 ? body : new Group(body, redirections);
    }

    private SimpleCommand ReadSimple()
    {
        var words = new List<string>();
        var redirections = new List<Redirection>();
        while (at < tokens.Count)
        {
            if (ReadRedirection() is { } redirection)
            {
                redirections.Add(redirection);
            }
            else if (tokens[at].IsOperator)
            {
                break;
            }
            else
            {
                words.Add(tokens[at++].Text);
            }
        }

        return words.Count + redirections.Count > 0 ? new SimpleCommand(words, redirections) : throw Unexpected();
    }

    private Redirection? ReadRedirection()
    {
        if (at == tokens.Count || !tokens[at].IsOperator)
        {
            return null;
        }

        switch (tokens[at].Text)
        {
            case "2>&1":
                at++;
                return new Redirection(2, "&1", false, false);
            case "1>&2" or ">&2":
                at++;
                return new Redirection(1, "&2", false, false);
            case ">&1":
                at++;
                return new Redirection(1, "&1", false, false);
            case ">" or "1>" or ">>" or "2>" or "2>>" or "&>" or "<":
                var op = tokens[at++].Text;
                var target = at < tokens.Count && !tokens[at].IsOperator ? tokens[at++].Text : throw Unexpected();
                var stream = op[0] switch { '2' => 2, '&' => 3, _ => 1 };
                return new Redirection(stream, target, op.EndsWith(">>", StringComparison.Ordinal), op == "<");
            default:
                return null;
        }
    }

    private bool IsOperator(string text) => at < tokens.Count && tokens[at].IsOperator && tokens[at].Text == text;

    private bool TakeOperator(string text)
    {
        var taken = IsOperator(text);
        at += taken ? 1 : 0;
        return taken;
    }

    private bool TakeWord(string text)
    {
        var taken = at < tokens.Count && !tokens[at].IsOperator && tokens[at].Text == text;
        at += taken ? 1 : 0;
        return taken;
    }

    private void SkipLines()
    {
        while (IsOperator("\n"))
        {
            at++;
        }
    }

    private void ExpectOperator(string text)
    {
        if (!TakeOperator(text))
        {
            throw Unexpected();
        }
    }

    private void ExpectWord(string text)
    {
        if (!TakeWord(text))
        {
            throw Unexpected();
        }
    }

    private ShellSyntaxException Unexpected() => at >= tokens.Count
        ? new("syntax error: unexpected end of file")
        : new(tokens[at].Text == "\n" ? "syntax error: unexpected newline" : $"syntax error: unexpected \"{tokens[at].Text}\"");
}
