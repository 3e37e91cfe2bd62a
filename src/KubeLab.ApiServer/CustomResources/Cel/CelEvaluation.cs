namespace KubeLab.ApiServer.CustomResources.Cel;

/// <summary>Evaluates an expression over values, with a limit on its steps.</summary>
internal sealed class CelEvaluation
{
    /// <summary>How many steps one rule may take; upstream limits a call's cost to the same number.</summary>
    public const int StepsMax = 1_000_000;

    /// <summary>What upstream says of a rule that goes beyond.</summary>
    public const string TooCostly = "operation cancelled: actual cost limit exceeded";

    private readonly Dictionary<string, object?> variables = new(StringComparer.Ordinal);
    private int steps;

    /// <summary>Makes one in which the given names mean the given values.</summary>
    public CelEvaluation(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach (var (name, value) in values)
        {
            variables[name] = value;
        }
    }

    /// <exception cref="CelException">A value is missing or of the wrong type, or it takes too long.</exception>
    public object? Of(CelNode node)
    {
        if (++steps > StepsMax)
        {
            throw new CelException(TooCostly);
        }

        return node switch
        {
            CelNode.Literal literal => literal.Value,
            CelNode.Name name => variables.TryGetValue(name.Text, out var value) ? value : throw new CelException($"no such attribute(s): {name.Text}"),
            CelNode.Select select => Select(select),
            CelNode.Index index => CelOperators.At(Of(index.Operand), Of(index.Key)),
            CelNode.ListOf list => list.Elements.Select(Of).ToList(),
            CelNode.MapOf map => map.Entries.ToDictionary(e => Of(e.Key) as string ?? throw CelException.NoOverload(), e => Of(e.Value), StringComparer.Ordinal),
            CelNode.Each each => Each(each),
            CelNode.Call call => Call(call),
            _ => throw CelException.NoOverload(),
        };
    }

    private object? Select(CelNode.Select select)
    {
        var operand = Of(select.Operand);
        if (!select.OnlyTests)
        {
            return CelOperators.At(operand, select.Field);
        }

        return operand is Dictionary<string, object?> map ? map.ContainsKey(select.Field) : throw CelException.NoOverload();
    }

    private object? Call(CelNode.Call call)
    {
        var a = call.Arguments;
        switch (call.Function)
        {
            case "&&" or "||":
                return Logic(a[0], a[1], call.Function == "||");
            case "?:":
                return Truth(Of(a[0])) ? Of(a[1]) : Of(a[2]);
            case "!":
                return !Truth(Of(a[0]));
            case "-" when a.Count == 1:
                return CelOperators.Negate(Of(a[0]));
        }

        var values = new object?[a.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Of(a[i]);
        }

        return call.Function switch
        {
            "==" => CelOperators.Equals(values[0], values[1]),
            "!=" => !CelOperators.Equals(values[0], values[1]),
            "<" => CelOperators.Compare(values[0], values[1]) < 0,
            "<=" => CelOperators.Compare(values[0], values[1]) <= 0,
            ">" => CelOperators.Compare(values[0], values[1]) > 0,
            ">=" => CelOperators.Compare(values[0], values[1]) >= 0,
            "in" => CelOperators.IsIn(values[0], values[1]),
            "+" => CelOperators.Add(values[0], values[1]),
            "-" or "*" or "/" or "%" => CelOperators.Calculate(call.Function, values[0], values[1]),
            _ => CelFunctions.Call(call.Function, values),
        };
    }

    /// <summary>Either side may decide alone, even when the other cannot be evaluated.</summary>
    private bool Logic(CelNode left, CelNode right, bool decisive)
    {
        CelException? failed = null;
        foreach (var side in (ReadOnlySpan<CelNode>)[left, right])
        {
            try
            {
                if (Truth(Of(side)) == decisive)
                {
                    return decisive;
                }
            }
            catch (CelException wrong) when (wrong.Message != TooCostly)
            {
                failed ??= wrong;
            }
        }

        return failed is null ? !decisive : throw failed;
    }

    private object? Each(CelNode.Each each)
    {
        var range = Of(each.Range) switch
        {
            List<object?> list => list,
            Dictionary<string, object?> map => map.Keys.Order(StringComparer.Ordinal).ToList<object?>(),
            _ => throw CelException.NoOverload(),
        };
        var hadOuter = variables.TryGetValue(each.Variable, out var outer);
        var result = each.Macro switch
        {
            "all" => Any(each, range, false) is var found && !found,
            "exists" => Any(each, range, true),
            "exists_one" => range.Count(element => Truth(With(each, element, each.Body))) == 1,
            "filter" => range.Where(element => Truth(With(each, element, each.Body))).ToList(),
            _ => (object?)range.Where(element => each.Condition is null || Truth(With(each, element, each.Condition)))
                .Select(element => With(each, element, each.Body)).ToList(),
        };
        if (hadOuter)
        {
            variables[each.Variable] = outer;
        }
        else
        {
            variables.Remove(each.Variable);
        }

        return result;
    }

    /// <summary>Whether the body is <paramref name="wanted"/> for any element; one that decides outweighs those that cannot be evaluated.</summary>
    private bool Any(CelNode.Each each, List<object?> range, bool wanted)
    {
        CelException? failed = null;
        foreach (var element in range)
        {
            try
            {
                if (Truth(With(each, element, each.Body)) == wanted)
                {
                    return true;
                }
            }
            catch (CelException wrong) when (wrong.Message != TooCostly)
            {
                failed ??= wrong;
            }
        }

        return failed is null ? false : throw failed;
    }

    private object? With(CelNode.Each each, object? element, CelNode body)
    {
        variables[each.Variable] = element;
        return Of(body);
    }

    private static bool Truth(object? value) => value as bool? ?? throw CelException.NoOverload();
}
