using System.Text;

namespace KubeLab.Nodes.Stages;

/// <summary>A text with <c>{names}</c> to fill in, taken apart once.</summary>
/// <remarks>Texts with one name, such as <c>Started container {container}</c>, are remembered by its value: a thousand pods of one kind share them.</remarks>
internal sealed class TextTemplate
{
    private const int RememberedMax = 512;

    private readonly string[] literals;
    private readonly string[] names;
    private readonly Dictionary<string, string> remembered = new(StringComparer.Ordinal);

    public TextTemplate(string text)
    {
        List<string> plain = [], holes = [];
        var start = 0;
        while (text.IndexOf('{', start) is >= 0 and var open && text.IndexOf('}', open) is >= 0 and var close)
        {
            plain.Add(text[start..open]);
            holes.Add(text[(open + 1)..close]);
            start = close + 1;
        }

        plain.Add(text[start..]);
        literals = [.. plain];
        names = [.. holes];
    }

    /// <summary>The names to fill in.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Fills in what <paramref name="value"/> says of each name.</summary>
    public string Fill(Func<string, string> value)
    {
        if (names.Length == 0)
        {
            return literals[0];
        }

        if (names.Length > 1)
        {
            return Write(value);
        }

        var only = value(names[0]);
        if (!remembered.TryGetValue(only, out var text))
        {
            text = literals[0] + only + literals[1];
            if (remembered.Count < RememberedMax)
            {
                remembered.Add(only, text);
            }
        }

        return text;
    }

    private string Write(Func<string, string> value)
    {
        var text = new StringBuilder(literals[0]);
        for (var i = 0; i < names.Length; i++)
        {
            text.Append(value(names[i])).Append(literals[i + 1]);
        }

        return text.ToString();
    }
}
