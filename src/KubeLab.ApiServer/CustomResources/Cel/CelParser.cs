namespace KubeLab.ApiServer.CustomResources.Cel;

/// <summary>Reads an expression of the lab's part of CEL.</summary>
/// <remarks>
/// What is understood: literals, <c>self</c> and <c>oldSelf</c>, fields, indexes, arithmetic, comparison, logic, <c>?:</c>, <c>in</c>, <c>has()</c>, the
/// macros and the functions that <see cref="CelFunctions"/> names. Anything else is refused, with what it is.
/// </remarks>
internal sealed class CelParser
{
    private const int DepthMax = 250;
    private static readonly string[] Macros = ["all", "exists", "exists_one", "filter", "map"];
    private static readonly string[][] Levels = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"]];
    private readonly string source;
    private readonly List<CelToken> tokens;
    private int next;
    private int depth;

    private CelParser(string source)
    {
        this.source = source;
        tokens = CelLexer.Read(source);
    }

    private CelToken Current => tokens[next];

    /// <exception cref="CelException">It cannot be read; the message shows where.</exception>
    public static CelNode Parse(string source)
    {
        var parser = new CelParser(source);
        var node = parser.Expression();
        return parser.Current.Kind == CelTokenKind.End ? node : throw parser.Unexpected();
    }

    private CelNode Expression()
    {
        if (++depth > DepthMax)
        {
            throw CelException.At(source, Current.At, $"expression recursion limit exceeded: {DepthMax}");
        }

        var condition = Binary(0);
        if (Take("?") is { } mark)
        {
            var yes = Expression();
            Require(":");
            condition = new CelNode.Call(mark.At, "?:", [condition, yes, Expression()]);
        }

        depth--;
        return condition;
    }

    private CelNode Binary(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }

        var left = Binary(level + 1);
        while (Array.Exists(Levels[level], IsOperator))
        {
            var sign = tokens[next++];
            left = new CelNode.Call(sign.At, sign.Text, [left, Binary(level + 1)]);
        }

        return left;
    }

    private bool IsOperator(string sign) =>
        Current.Text == sign && Current.Kind == (sign == "in" ? CelTokenKind.Name : CelTokenKind.Sign);

    private CelNode Unary()
    {
        if (Take("!") is { } not)
        {
            return Deeper(() => new CelNode.Call(not.At, "!", [Unary()]));
        }

        if (Take("-") is { } minus)
        {
            return Deeper(() => new CelNode.Call(minus.At, "-", [Unary()]));
        }

        return Member(Primary());
    }

    private CelNode Deeper(Func<CelNode> read)
    {
        if (++depth > DepthMax)
        {
            throw CelException.At(source, Current.At, $"expression recursion limit exceeded: {DepthMax}");
        }

        var node = read();
        depth--;
        return node;
    }

    private CelNode Member(CelNode node)
    {
        while (true)
        {
            if (Take(".") is { } dot)
            {
                var name = Name();
                node = Take("(") is null ? new CelNode.Select(dot.At, node, CelNames.Unescape(name.Text)) : Method(node, name);
            }
            else if (Take("[") is { } bracket)
            {
                var key = Expression();
                Require("]");
                node = new CelNode.Index(bracket.At, node, key);
            }
            else
            {
                return node;
            }
        }
    }

    private CelNode Method(CelNode target, CelToken name)
    {
        if (!Macros.Contains(name.Text))
        {
            return Function(name, [target, .. Arguments(")")]);
        }

        var variable = Name().Text;
        Require(",");
        var body = Expression();
        var condition = default(CelNode);
        if (name.Text == "map" && Take(",") is not null)
        {
            (condition, body) = (body, Expression());
        }

        Require(")");
        return new CelNode.Each(name.At, name.Text, target, variable, body, condition);
    }

    private CelNode Primary()
    {
        var token = tokens[next++];
        switch (token)
        {
            case { Kind: CelTokenKind.Value }:
                return new CelNode.Literal(token.At, token.Value);
            case { Text: "true" or "false", Kind: CelTokenKind.Name }:
                return new CelNode.Literal(token.At, token.Text == "true");
            case { Text: "null", Kind: CelTokenKind.Name }:
                return new CelNode.Literal(token.At, null);
            case { Kind: CelTokenKind.Name }:
                return Take("(") is null ? new CelNode.Name(token.At, token.Text) : Has(token) ?? (CelNode)Function(token, Arguments(")"));
            case { Text: "(", Kind: CelTokenKind.Sign }:
                var inner = Expression();
                Require(")");
                return inner;
            case { Text: "[", Kind: CelTokenKind.Sign }:
                return new CelNode.ListOf(token.At, Arguments("]"));
            case { Text: "{", Kind: CelTokenKind.Sign }:
                return Map(token);
            default:
                next--;
                throw Unexpected();
        }
    }

    private CelNode.Select? Has(CelToken name)
    {
        if (name.Text != "has")
        {
            return null;
        }

        var argument = Expression();
        Require(")");
        return argument is CelNode.Select select
            ? select with { OnlyTests = true }
            : throw CelException.At(source, name.At, "invalid argument to has() macro");
    }

    private CelNode.Call Function(CelToken name, IReadOnlyList<CelNode> arguments) => CelFunctions.Knows(name.Text)
        ? new CelNode.Call(name.At, name.Text, arguments)
        : throw CelException.At(source, name.At, $"{name.Text}() is not supported in this lab; supported are {CelFunctions.List}");

    private CelNode.MapOf Map(CelToken start)
    {
        var entries = new List<(CelNode, CelNode)>();
        while (Take("}") is null)
        {
            var key = Expression();
            Require(":");
            entries.Add((key, Expression()));
            if (Take(",") is null && Current.Text != "}")
            {
                throw Unexpected();
            }
        }

        return new(start.At, entries);
    }

    private List<CelNode> Arguments(string end)
    {
        var arguments = new List<CelNode>();
        while (Take(end) is null)
        {
            arguments.Add(Expression());
            if (Take(",") is null && Current.Text != end)
            {
                throw Unexpected();
            }
        }

        return arguments;
    }

    private CelToken Name() => Current.Kind == CelTokenKind.Name ? tokens[next++] : throw Unexpected();

    private CelToken? Take(string sign) => Current.Kind == CelTokenKind.Sign && Current.Text == sign ? tokens[next++] : null;

    private void Require(string sign)
    {
        if (Take(sign) is null)
        {
            throw Unexpected();
        }
    }

    private CelException Unexpected()
    {
        var shown = Current.Kind == CelTokenKind.Value ? $"'{Current.Value}'" : Current.Kind == CelTokenKind.End ? "'<EOF>'" : $"'{Current.Text}'";
        return CelException.At(source, Current.At, $"Syntax error: unexpected {shown}");
    }
}
