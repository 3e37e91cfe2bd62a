using System.Collections.Immutable;
using System.Text;

namespace KubeLab.Notebook.Episodes;

/// <summary>What pandoc lets stand in braces: <c>{.class #id key=value key='a value'}</c>.</summary>
/// <seealso href="https://pandoc.org/MANUAL.html#extension-fenced_code_attributes">pandoc: attributes</seealso>
public sealed record BlockAttributes
{
    /// <summary>No attributes.</summary>
    public static BlockAttributes None { get; } = new();

    /// <summary>The id without <c>#</c>, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The classes without their dots, in the order written.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>The key-value pairs.</summary>
    public ImmutableSortedDictionary<string, string> Values { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The value of <paramref name="key"/>, or null.</summary>
    public string? this[string key] => Values.GetValueOrDefault(key);

    /// <summary>Reads the text between the braces; words that are no attribute are taken as classes.</summary>
    public static BlockAttributes Parse(string text)
    {
        string? id = null;
        var classes = ImmutableArray.CreateBuilder<string>();
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var word in Words(text))
        {
            if (word[0] == '#')
            {
                id = word[1..];
            }
            else if (word.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                values[word[..equals]] = word[(equals + 1)..];
            }
            else
            {
                classes.Add(word.TrimStart('.'));
            }
        }

        return id is null && classes.Count == 0 && values.Count == 0
            ? None
            : new BlockAttributes { Id = id, Classes = classes.ToImmutable(), Values = values.ToImmutable() };
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        char? quote = null;
        foreach (var c in text)
        {
            if (quote is null && (c is '\'' or '"') && word.Length > 0 && word[^1] == '=')
            {
                quote = c;
            }
            else if (c == quote)
            {
                quote = null;
            }
            else if (quote is null && char.IsWhiteSpace(c))
            {
                if (word.Length > 0)
                {
                    yield return word.ToString();
                    word.Clear();
                }
            }
            else
            {
                word.Append(c);
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
