namespace KubeLab.Api.Selecting;

/// <summary>Reads label selectors by recursive descent, with upstream's messages.</summary>
internal sealed class SelectorParser(string text)
{
    private const string Operators = "in, notin, =, ==, !=, gt, lt";

    private readonly List<SelectorToken> tokens = SelectorToken.Scan(text);
    private int position;

    private SelectorToken Next => tokens[position];

    public List<Requirement> Parse()
    {
        var requirements = new List<Requirement>();
        while (true)
        {
            if (Next.Kind == SelectorTokenKind.End)
            {
                return requirements;
            }

            if (!Next.StartsRequirement)
            {
                throw new FormatException($"found '{Next.Text}', expected: !, identifier, or 'end of string'");
            }

            requirements.Add(ParseRequirement());
            var separator = Take();
            if (separator.Kind == SelectorTokenKind.End)
            {
                return requirements;
            }

            if (separator.Text != ",")
            {
                throw new FormatException($"found '{separator.Text}', expected: ',' or 'end of string'");
            }

            if (!Next.StartsRequirement)
            {
                throw new FormatException($"found '{Next.Text}', expected: identifier after ','");
            }
        }
    }

    private SelectorToken Take()
    {
        var token = tokens[position];
        position = Math.Min(position + 1, tokens.Count - 1);
        return token;
    }

    private Requirement ParseRequirement()
    {
        try
        {
            var absent = Next.IsSymbol("!");
            if (absent)
            {
                Take();
            }

            var key = Take();
            if (key.Kind != SelectorTokenKind.Word)
            {
                throw new FormatException($"found '{key.Text}', expected: identifier");
            }

            if (LabelNames.KeyErrors(key.Text) is { Count: > 0 } errors)
            {
                throw new FormatException($"<nil>: Invalid value: {GoQuote.Quote(key.Text)}: {string.Join("; ", errors)}");
            }

            if (absent)
            {
                // An operator after "!key" is left for the caller, which refuses it.
                return Requirement.Create(key.Text, SelectorOperator.DoesNotExist);
            }

            return Next.EndsRequirement ? Requirement.Create(key.Text, SelectorOperator.Exists) : ParseRelation(key.Text);
        }
        catch (FormatException error)
        {
            throw new FormatException($"unable to parse requirement: {error.Message}", error);
        }
    }

    private Requirement ParseRelation(string key)
    {
        var symbol = Take();
        var op = symbol.Text switch
        {
            "in" => SelectorOperator.In,
            "notin" => SelectorOperator.NotIn,
            "=" => SelectorOperator.Equals,
            "==" => SelectorOperator.DoubleEquals,
            "!=" => SelectorOperator.NotEquals,
            ">" => SelectorOperator.GreaterThan,
            "<" => SelectorOperator.LessThan,
            _ => throw new FormatException($"found '{symbol.Text}', expected: {Operators}"),
        };
        return op is SelectorOperator.In or SelectorOperator.NotIn
            ? Requirement.Create(key, op, [.. ParseSet()])
            : Requirement.Create(key, op, ParseExactValue());
    }

    private SortedSet<string> ParseSet()
    {
        var open = Take();
        if (!open.IsSymbol("("))
        {
            throw new FormatException($"found '{open.Text}' expected: '('");
        }

        var values = new SortedSet<string>(StringComparer.Ordinal);
        if (Next.IsSymbol(")"))
        {
            Take();
            values.Add("");
            return values;
        }

        if (Next.Kind != SelectorTokenKind.Word && !Next.IsSymbol(","))
        {
            throw new FormatException($"found '{Next.Text}', expected: ',', ')' or identifier");
        }

        ParseValues(values);
        return values;
    }

    /// <summary>Reads up to the closing parenthesis; two commas in a row, and commas at the ends, stand for the empty value.</summary>
    private void ParseValues(SortedSet<string> values)
    {
        var afterComma = true;
        while (true)
        {
            var token = Take();
            if (token.Kind == SelectorTokenKind.Word)
            {
                values.Add(token.Text);
                afterComma = false;
                if (!Next.IsSymbol(",") && !Next.IsSymbol(")"))
                {
                    throw new FormatException($"found '{Next.Text}', expected: ',' or ')'");
                }
            }
            else if (token.IsSymbol(","))
            {
                if (afterComma)
                {
                    values.Add("");
                }

                afterComma = true;
            }
            else if (token.IsSymbol(")"))
            {
                if (afterComma)
                {
                    values.Add("");
                }

                return;
            }
            else
            {
                throw new FormatException($"found '{token.Text}', expected: ',', or identifier");
            }
        }
    }

    private string ParseExactValue()
    {
        if (Next.EndsRequirement)
        {
            return "";
        }

        var value = Take();
        return value.Kind == SelectorTokenKind.Word
            ? value.Text
            : throw new FormatException($"found '{value.Text}', expected: identifier");
    }
}
