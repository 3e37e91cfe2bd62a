using System.Globalization;
using System.Text;

namespace KubeLab.KubectlText.Wire;

/// <summary>The query of a request, its names in order as kubectl sends them.</summary>
internal sealed class Query
{
    private readonly SortedDictionary<string, List<string>> values = new(StringComparer.Ordinal);

    /// <summary>Adds a value; one that is null or empty is left out.</summary>
    public Query With(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            if (!values.TryGetValue(name, out var list))
            {
                values[name] = list = [];
            }

            list.Add(value);
        }

        return this;
    }

    /// <summary>A value that was added; empty when there is none.</summary>
    public string First(string name) => values.TryGetValue(name, out var list) ? list[0] : "";

    /// <summary>Adds a number.</summary>
    public Query With(string name, long value) => With(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The query with its question mark, or nothing.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, list) in values)
        {
            foreach (var value in list)
            {
                text.Append(text.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return text.ToString();
    }
}
