using System.Globalization;

namespace KubeLab.Api.Selecting;

/// <summary>One line of a <see cref="Selector"/>: a key, an operator and values. Checked when it is made, so matching cannot
/// fail.</summary>
/// <remarks>Upstream: labels.Requirement.</remarks>
public sealed class Requirement
{
    private readonly string[] values;
    private readonly long bound;

    private Requirement(string key, SelectorOperator op, string[] values)
    {
        Key = key;
        Operator = op;
        this.values = values;
        bound = op is SelectorOperator.GreaterThan or SelectorOperator.LessThan ? long.Parse(values[0], CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The label's key.</summary>
    public string Key { get; }

    /// <summary>How key and values relate.</summary>
    public SelectorOperator Operator { get; }

    /// <summary>The values; none for <see cref="SelectorOperator.Exists"/> and <see cref="SelectorOperator.DoesNotExist"/>.</summary>
    public ReadOnlySpan<string> Values => values;

    /// <summary>Makes a line, or tells all that is wrong with it in upstream's words.</summary>
    /// <exception cref="FormatException">The key, a value, or their number is wrong.</exception>
    public static Requirement Create(string key, SelectorOperator op, params ReadOnlySpan<string> values)
    {
        var errors = new List<string>();
        foreach (var reason in Join(LabelNames.KeyErrors(key)))
        {
            errors.Add($"key: Invalid value: {GoQuote.Quote(key)}: {reason}");
        }

        AddCountErrors(op, values, errors);
        for (var i = 0; i < values.Length; i++)
        {
            foreach (var reason in Join(LabelNames.ValueErrors(values[i])))
            {
                errors.Add($"values[{i}][{key}]: Invalid value: {GoQuote.Quote(values[i])}: {reason}");
            }
        }

        return errors.Count switch
        {
            0 => new Requirement(key, op, values.ToArray()),
            1 => throw new FormatException(errors[0]),
            _ => throw new FormatException($"[{string.Join(", ", errors.Distinct())}]"),
        };
    }

    /// <summary>Whether <paramref name="labels"/> satisfy this line; allocates nothing.</summary>
    public bool Matches(StringMap labels)
    {
        var found = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            SelectorOperator.In or SelectorOperator.Equals or SelectorOperator.DoubleEquals => found && HasValue(value),
            SelectorOperator.NotIn or SelectorOperator.NotEquals => !found || !HasValue(value),
            SelectorOperator.Exists => found,
            SelectorOperator.DoesNotExist => !found,
            SelectorOperator.GreaterThan => found && TryInteger(value, out var number) && number > bound,
            SelectorOperator.LessThan => found && TryInteger(value, out var number) && number < bound,
            _ => false,
        };
    }

    /// <summary>The line as it is written in a selector.</summary>
    public override string ToString()
    {
        var list = string.Join(",", values.Order(StringComparer.Ordinal));
        return Operator switch
        {
            SelectorOperator.In => $"{Key} in ({list})",
            SelectorOperator.NotIn => $"{Key} notin ({list})",
            SelectorOperator.Equals => $"{Key}={list}",
            SelectorOperator.DoubleEquals => $"{Key}=={list}",
            SelectorOperator.NotEquals => $"{Key}!={list}",
            SelectorOperator.GreaterThan => $"{Key}>{list}",
            SelectorOperator.LessThan => $"{Key}<{list}",
            SelectorOperator.DoesNotExist => $"!{Key}",
            _ => Key,
        };
    }

    internal static bool TryInteger(string? text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private static void AddCountErrors(SelectorOperator op, ReadOnlySpan<string> values, List<string> errors)
    {
        string List(ReadOnlySpan<string> all) => $"[{string.Join(",", all.ToArray().Select(GoQuote.Quote))}]";
        switch (op)
        {
            case SelectorOperator.In or SelectorOperator.NotIn when values.IsEmpty:
                errors.Add("values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty");
                break;
            case SelectorOperator.Equals or SelectorOperator.DoubleEquals or SelectorOperator.NotEquals when values.Length != 1:
                errors.Add($"values: Invalid value: {List(values)}: exact-match compatibility requires one single value");
                break;
            case SelectorOperator.Exists or SelectorOperator.DoesNotExist when !values.IsEmpty:
                errors.Add($"values: Invalid value: {List(values)}: values set must be empty for exists and does not exist");
                break;
            case SelectorOperator.GreaterThan or SelectorOperator.LessThan:
                if (values.Length != 1)
                {
                    errors.Add($"values: Invalid value: {List(values)}: for 'Gt', 'Lt' operators, exactly one value is required");
                }

                for (var i = 0; i < values.Length; i++)
                {
                    if (!TryInteger(values[i], out _))
                    {
                        errors.Add($"values[{i}]: Invalid value: {GoQuote.Quote(values[i])}: "
                            + "for 'Gt', 'Lt' operators, the value must be an integer");
                    }
                }

                break;
        }
    }

    /// <summary>Upstream joins the reasons of one key or value into one error.</summary>
    private static string[] Join(IReadOnlyList<string> reasons) => reasons.Count == 0 ? [] : [string.Join("; ", reasons)];

    private bool HasValue(string value)
    {
        foreach (var candidate in values)
        {
            if (candidate == value)
            {
                return true;
            }
        }

        return false;
    }
}
