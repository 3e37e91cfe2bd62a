using KubeLab.Api.Meta;

namespace KubeLab.Api.Selecting;

/// <summary>A parsed label selector: lines of which all must hold. Immutable; matching allocates nothing.</summary>
/// <remarks>Upstream: k8s.io/apimachinery/pkg/labels.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors">Label selectors</seealso>
public sealed class Selector
{
    private readonly Requirement[] requirements;
    private readonly bool selectsNothing;

    private Selector(Requirement[] requirements, bool selectsNothing = false)
    {
        this.requirements = requirements;
        this.selectsNothing = selectsNothing;
    }

    /// <summary>Selects all objects.</summary>
    public static Selector Everything { get; } = new([]);

    /// <summary>Selects no object; what an absent selector in a spec means.</summary>
    public static Selector Nothing { get; } = new([], selectsNothing: true);

    /// <summary>Whether it selects everything.</summary>
    public bool IsEmpty => requirements.Length == 0 && !selectsNothing;

    /// <summary>Whether it can select nothing at all.</summary>
    public bool IsNothing => selectsNothing;

    /// <summary>The lines, in the order of their keys.</summary>
    public ReadOnlySpan<Requirement> Requirements => requirements;

    /// <summary>Reads the text that <c>kubectl get -l</c> and the query parameter <c>labelSelector</c> take; empty text selects
    /// everything.</summary>
    /// <exception cref="FormatException">The text is not a selector; the message is upstream's.</exception>
    public static Selector Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 ? Everything : Of(new SelectorParser(text).Parse());
    }

    /// <summary>A selector of <paramref name="lines"/>, all of which must hold.</summary>
    public static Selector Of(IEnumerable<Requirement> lines)
    {
        Requirement[] sorted = [.. lines.OrderBy(line => line.Key, StringComparer.Ordinal)];
        return sorted.Length == 0 ? Everything : new(sorted);
    }

    /// <summary>Selects what carries all of <paramref name="labels"/>; everything when there is none.</summary>
    public static Selector From(StringMap labels)
    {
        var lines = new Requirement[labels.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = Requirement.Create(labels.Span[i].Key, SelectorOperator.Equals, labels.Span[i].Value);
        }

        return lines.Length == 0 ? Everything : new(lines);
    }

    /// <summary>Reads the selector of a spec: null selects nothing, an empty one everything.</summary>
    /// <exception cref="FormatException">A line is wrong; the message is upstream's.</exception>
    public static Selector From(LabelSelector? selector)
    {
        if (selector is null)
        {
            return Nothing;
        }

        if (selector.MatchExpressions.IsEmpty)
        {
            return From(selector.MatchLabels);
        }

        var lines = new List<Requirement>(From(selector.MatchLabels).requirements);
        foreach (var line in selector.MatchExpressions)
        {
            var op = line.Operator switch
            {
                "In" => SelectorOperator.In,
                "NotIn" => SelectorOperator.NotIn,
                "Exists" => SelectorOperator.Exists,
                "DoesNotExist" => SelectorOperator.DoesNotExist,
                var other => throw new FormatException($"{GoQuote.Quote(other)} is not a valid label selector operator"),
            };
            lines.Add(Requirement.Create(line.Key, op, line.Values.Span));
        }

        return Of(lines);
    }

    /// <summary>Whether <paramref name="labels"/> satisfy all lines.</summary>
    public bool Matches(StringMap labels)
    {
        foreach (var requirement in requirements)
        {
            if (!requirement.Matches(labels))
            {
                return false;
            }
        }

        return !selectsNothing;
    }

    /// <summary>This selector narrowed by more lines.</summary>
    public Selector And(params IEnumerable<Requirement> more) => selectsNothing ? this : Of(requirements.Concat(more));

    /// <summary>The one value that <paramref name="key"/> must have, or null when this selector allows several.</summary>
    public string? RequiredValue(string key)
    {
        foreach (var requirement in requirements)
        {
            if (requirement.Key == key)
            {
                var exact = requirement.Operator is SelectorOperator.Equals or SelectorOperator.DoubleEquals or SelectorOperator.In;
                return exact && requirement.Values.Length == 1 ? requirement.Values[0] : null;
            }
        }

        return null;
    }

    /// <summary>The selector as text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Join(",", requirements.Select(requirement => requirement.ToString()));
}
