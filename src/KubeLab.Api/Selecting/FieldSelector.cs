using System.Text;

namespace KubeLab.Api.Selecting;

/// <summary>One line of a <see cref="FieldSelector"/>: the field equals the value, or does not.</summary>
/// <param name="Field">A path such as <c>metadata.name</c>.</param>
/// <param name="Value">What it is compared with, unescaped.</param>
/// <param name="IsNegated">Whether the field must differ.</param>
public sealed record FieldRequirement(string Field, string Value, bool IsNegated)
{
    /// <summary>The line as it is written in a selector.</summary>
    public override string ToString() => $"{Field}{(IsNegated ? "!=" : "=")}{FieldSelector.Escape(Value)}";
}

/// <summary>A parsed field selector, such as <c>spec.nodeName=node-1,status.phase!=Running</c>: lines of which all must hold.</summary>
/// <remarks>Upstream: k8s.io/apimachinery/pkg/fields. Which fields exist is for each kind to say.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/">Field selectors</seealso>
public sealed class FieldSelector
{
    private static readonly string[] Operators = ["!=", "==", "="];

    private readonly FieldRequirement[] requirements;

    private FieldSelector(FieldRequirement[] requirements) => this.requirements = requirements;

    /// <summary>Selects all objects.</summary>
    public static FieldSelector Everything { get; } = new([]);

    /// <summary>Whether it selects everything.</summary>
    public bool IsEmpty => requirements.Length == 0;

    /// <summary>The lines.</summary>
    public ReadOnlySpan<FieldRequirement> Requirements => requirements;

    /// <summary>Selects what has <paramref name="value"/> in <paramref name="field"/>.</summary>
    public static FieldSelector Equal(string field, string value) => new([new(field, value, IsNegated: false)]);

    /// <summary>Reads the text that <c>--field-selector</c> and the query parameter <c>fieldSelector</c> take.</summary>
    /// <exception cref="FormatException">The text is not a field selector; the message is upstream's.</exception>
    public static FieldSelector Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new List<FieldRequirement>();
        foreach (var term in Terms(text).Where(term => term.Length > 0).Order(StringComparer.Ordinal))
        {
            lines.Add(ParseTerm(term) ?? throw new FormatException($"invalid selector: '{text}'; can't understand '{term}'"));
        }

        return lines.Count == 0 ? Everything : new([.. lines]);
    }

    /// <summary>Whether the fields that <paramref name="valueOf"/> looks up satisfy all lines; an absent field is the empty text.</summary>
    public bool Matches(Func<string, string> valueOf)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        foreach (var requirement in requirements)
        {
            if (valueOf(requirement.Field) == requirement.Value == requirement.IsNegated)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The value that <paramref name="field"/> must have, or null when this selector does not say.</summary>
    public string? RequiredValue(string field) => Array.Find(requirements, line => !line.IsNegated && line.Field == field)?.Value;

    /// <summary>The selector as text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Join(",", requirements.Select(requirement => requirement.ToString()));

    internal static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
            .Replace("=", "\\=", StringComparison.Ordinal);

    private static IEnumerable<string> Terms(string text)
    {
        var (start, escaped) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (escaped)
            {
                escaped = false;
            }
            else if (text[i] == '\\')
            {
                escaped = true;
            }
            else if (text[i] == ',')
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static FieldRequirement? ParseTerm(string term)
    {
        for (var i = 0; i < term.Length; i++)
        {
            foreach (var op in Operators)
            {
                if (string.CompareOrdinal(term, i, op, 0, op.Length) == 0)
                {
                    return new(term[..i], Unescape(term[(i + op.Length)..]), op == "!=");
                }
            }
        }

        return null;
    }

    private static string Unescape(string value)
    {
        var plain = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c is ',' or '=')
            {
                throw new FormatException($"invalid field selector: unescaped character in value: {(int)c}");
            }

            if (c == '\\')
            {
                i++;
                var sequence = i < value.Length ? $"\\{value[i]}" : "\\";
                if (sequence is not ("\\\\" or "\\," or "\\="))
                {
                    throw new FormatException($"invalid field selector: invalid escape sequence: {sequence}");
                }

                c = value[i];
            }

            plain.Append(c);
        }

        return plain.ToString();
    }
}
