using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.Api.Paths;

/// <summary>A JSONPath template as <c>-o jsonpath=</c> takes it, ready to be evaluated.</summary>
public sealed class JsonPathTemplate
{
    private readonly List<JsonPathNode> nodes;
    private readonly string template;
    private readonly bool allowsMissing;

    private JsonPathTemplate(string template, List<JsonPathNode> nodes, bool allowsMissing)
    {
        this.template = template;
        this.nodes = nodes;
        this.allowsMissing = allowsMissing;
    }

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">It cannot be read.</exception>
    public static JsonPathTemplate Parse(string template, bool allowsMissing = true)
    {
        try
        {
            return new(template, new JsonPathParser(template).ReadTemplate(), allowsMissing);
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"error parsing jsonpath {template}, {wrong.Message}");
        }
    }

    /// <summary>Reads a path that may lack its braces and its first dot, as <c>--sort-by</c> and custom columns take it.</summary>
    /// <exception cref="FormatException">It cannot be read.</exception>
    public static JsonPathTemplate Relaxed(string path)
    {
        var inner = path.StartsWith('{') && path.EndsWith('}') ? path[1..^1] : path;
        if (inner.Contains('{', StringComparison.Ordinal) || inner.Contains('}', StringComparison.Ordinal))
        {
            throw new FormatException($"unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{{name1.name2}}' or '{{.name1.name2}}'");
        }

        return Parse("{" + (inner.StartsWith('.') || inner.StartsWith('[') ? inner : $".{inner}") + "}");
    }

    /// <summary>What the template prints of <paramref name="root"/>.</summary>
    /// <exception cref="FormatException">A field or an element is missing and must not be.</exception>
    public string Print(JsonNode? root)
    {
        var text = new StringBuilder();
        var at = 0;
        Print(text, root, ref at, isTop: true);
        return text.ToString();
    }

    /// <summary>The values that the template's paths find.</summary>
    /// <exception cref="FormatException">An element is missing.</exception>
    public IReadOnlyList<JsonNode?> Find(JsonNode? root) =>
        [.. nodes.OfType<JsonPathNode.Sequence>().SelectMany(path => Evaluate([root], path))];

    private void Print(StringBuilder text, JsonNode? root, ref int at, bool isTop)
    {
        for (; at < nodes.Count; at++)
        {
            switch (nodes[at])
            {
                case JsonPathNode.End when !isTop:
                    return;
                case JsonPathNode.End:
                    throw new FormatException($"error parsing jsonpath {template}, not in range, nothing to end");
                case JsonPathNode.Text plain:
                    text.Append(plain.Value);
                    break;
                case JsonPathNode.Range range:
                    at = PrintRange(text, Evaluate([root], range.Path), at + 1);
                    break;
                case var path:
                    text.AppendJoin(' ', Evaluate([root], path).Select(TextOf));
                    break;
            }
        }
    }

    private int PrintRange(StringBuilder text, List<JsonNode?> values, int start)
    {
        var end = start;
        foreach (var value in values)
        {
            end = start;
            Print(text, value, ref end, isTop: false);
        }

        if (values.Count == 0)
        {
            for (var depth = 1; end < nodes.Count; end++)
            {
                depth += nodes[end] is JsonPathNode.Range ? 1 : nodes[end] is JsonPathNode.End ? -1 : 0;
                if (depth == 0)
                {
                    break;
                }
            }
        }

        return end;
    }

    private List<JsonNode?> Evaluate(List<JsonNode?> input, JsonPathNode node) => node switch
    {
        JsonPathNode.Sequence path => path.Steps.Aggregate(input, Evaluate),
        JsonPathNode.Field { Name: "" } => input,
        JsonPathNode.Field field => Fields(input, field.Name),
        JsonPathNode.Wildcard => [.. input.SelectMany(Children)],
        JsonPathNode.Recursive => [.. input.SelectMany(Descendants)],
        JsonPathNode.Slice slice => [.. input.SelectMany(value => Elements(value, slice))],
        JsonPathNode.Union union => [.. union.Paths.SelectMany(path => Evaluate(input, path))],
        JsonPathNode.Filter filter => [.. input.SelectMany(Elements).Where(element => Holds(element, filter))],
        JsonPathNode.Text text => [JsonValue.Create(text.Value)],
        JsonPathNode.Literal literal => [literal.Value],
        _ => [],
    };

    private List<JsonNode?> Fields(List<JsonNode?> input, string name)
    {
        var found = new List<JsonNode?>();
        foreach (var value in input)
        {
            if (value is JsonObject map && map.TryGetPropertyValue(name, out var field))
            {
                found.Add(field);
            }
        }

        return found.Count > 0 || allowsMissing || input.Count == 0
            ? found
            : throw Wrong($"{name} is not found");
    }

    private List<JsonNode?> Elements(JsonNode? value, JsonPathNode.Slice slice)
    {
        if (value is not JsonArray list)
        {
            return value is null || allowsMissing ? [] : throw Wrong($"{TextOf(value)} is not array or slice");
        }

        var (from, step) = (slice.From ?? 0, slice.Step ?? 1);
        var to = slice.IsOne ? from + 1 : slice.To ?? list.Count;
        from += from < 0 ? list.Count : 0;
        to += to < 0 || (slice.IsOne && to == 0 && slice.From < 0) ? list.Count : 0;
        if (slice.IsOne && (from >= list.Count || from < 0))
        {
            throw Wrong($"array index out of bounds: index {slice.From}, length {list.Count}");
        }

        var elements = new List<JsonNode?>();
        for (var i = Math.Max(0, from); i < Math.Min(to, list.Count) && step > 0; i += step)
        {
            elements.Add(list[i]);
        }

        return elements;
    }

    private FormatException Wrong(string reason) => new FormatException($"error executing jsonpath {GoQuote.Quote(template)}: Error executing template: {reason}");

    private static IEnumerable<JsonNode?> Elements(JsonNode? value) => value as JsonArray ?? Enumerable.Empty<JsonNode?>();

    private static IEnumerable<JsonNode?> Children(JsonNode? value) => value switch
    {
        JsonArray list => list,
        JsonObject map => map.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Value),
        _ => [],
    };

    private static IEnumerable<JsonNode?> Descendants(JsonNode? value) =>
        value is JsonObject or JsonArray ? Children(value).SelectMany(Descendants).Prepend(value) : [];

    private bool Holds(JsonNode? element, JsonPathNode.Filter filter)
    {
        var left = Evaluate([element], filter.Left);
        if (filter.Operator == "exists")
        {
            return left.Count > 0;
        }

        var right = Evaluate([element], filter.Right!);
        if (left.Count == 0 || right.Count == 0)
        {
            return false;
        }

        var order = Compare(left[0], right[0]);
        return filter.Operator switch
        {
            "==" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private static int Compare(JsonNode? left, JsonNode? right) => Number(left) is { } a && Number(right) is { } b
        ? a.CompareTo(b)
        : string.CompareOrdinal(TextOf(left), TextOf(right));

    private static double? Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        ? double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)
        : null;

    /// <summary>A value as a template prints it: text as it is, objects and lists as JSON in one line.</summary>
    public static string TextOf(JsonNode? value) => value is JsonObject or JsonArray ? GoJsonText.Compact(value) : Plain(value);

    private static string Plain(JsonNode? value) => value switch
    {
        null => "",
        _ when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => value.ToJsonString(),
    };
}
