using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubeLab.Notebook.Episodes;

/// <summary>The YAML between the two <c>---</c> lines at the top of an episode.</summary>
internal sealed class FrontMatter
{
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);

    public List<EpisodeProblem> Problems { get; } = [];

    /// <summary>The index of the first line after the front matter.</summary>
    public int End { get; private init; }

    public bool HasAnyOf(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (values.ContainsKey(key))
            {
                return true;
            }
        }

        return false;
    }

    public string? Text(string key) => (values.GetValueOrDefault(key) as YamlScalarNode)?.Value;

    public int? Minutes(string key) =>
        int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : null;

    public ImmutableArray<string> List(string key) =>
        values.GetValueOrDefault(key) is YamlSequenceNode items
            ? [.. items.Children.OfType<YamlScalarNode>().Select(item => item.Value ?? "")]
            : [];

    public static FrontMatter Read(string file, IReadOnlyList<SourceLine> lines)
    {
        if (lines.Count == 0 || lines[0].Text.TrimEnd() != "---")
        {
            return Broken(file, 1, 0, "the front matter is missing: start the file with '---', title, teaching, exercises, '---'");
        }

        for (var end = 1; end < lines.Count; end++)
        {
            if (lines[end].Text.TrimEnd() == "---")
            {
                return Parse(file, string.Join('\n', lines.Skip(1).Take(end - 1).Select(line => line.Text)), end + 1);
            }
        }

        return Broken(file, 1, lines.Count, "the front matter is not closed: end it with a line '---'");
    }

    private static FrontMatter Parse(string file, string yaml, int end)
    {
        var result = new FrontMatter { End = end };
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count > 0 && stream.Documents[0].RootNode is YamlMappingNode map)
            {
                foreach (var (key, value) in map.Children)
                {
                    result.values[((YamlScalarNode)key).Value ?? ""] = value;
                }
            }
        }
        catch (YamlException error)
        {
            // The YAML starts on the file's second line.
            return Broken(file, (int)error.Start.Line + 1, end, $"the front matter is not valid YAML: {error.Message}");
        }

        return result;
    }

    private static FrontMatter Broken(string file, int line, int end, string message)
    {
        var result = new FrontMatter { End = end };
        result.Problems.Add(new EpisodeProblem(file, line, message));
        return result;
    }
}
