using KubeLab.Notebook.Episodes;

namespace KubeLab.Notebook.Notebooks;

/// <summary>Turns the lines of a <c>kubectl</c> fence into C#.</summary>
internal static class KubectlCells
{
    /// <summary>What a cell for <paramref name="fence"/> holds: C#, whatever the fence is written in.</summary>
    public static string SourceOf(CodeFence fence) => fence.Language == "kubectl" ? ToCSharp(fence.Code) : fence.Code;

    /// <summary>One call per line. The last one is the cell's value; those before it are displayed as they come.</summary>
    public static string ToCSharp(string fence, string variable = "cluster")
    {
        var lines = Joined(fence).ToList();
        var last = lines.FindLastIndex(line => !line.StartsWith('#'));
        return string.Join('\n', lines.Select((line, index) => ToCSharp(line, index == last, variable)));
    }

    private static string ToCSharp(string line, bool isLast, string variable)
    {
        if (line.StartsWith('#'))
        {
            return $"//{line[1..]}";
        }

        var call = $"{variable}.Kubectl({Literal(line)})";
        return isLast ? call : $"display({call});";
    }

    /// <summary>The lines without prompt and without the word kubectl; a backslash at the end joins a line with the next.</summary>
    private static IEnumerable<string> Joined(string fence)
    {
        var open = "";
        foreach (var line in fence.Split('\n'))
        {
            var text = (open + line.Trim()).Trim();
            open = "";
            if (text.EndsWith('\\'))
            {
                open = text[..^1].TrimEnd() + " ";
                continue;
            }

            if (text.Length > 0)
            {
                yield return Without(Without(text, "$ "), "kubectl ");
            }
        }
    }

    private static string Without(string text, string start) =>
        text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..].TrimStart() : text;

    private static string Literal(string text)
    {
        if (!text.Contains('"', StringComparison.Ordinal) && !text.Contains('\\', StringComparison.Ordinal))
        {
            return $"\"{text}\"";
        }

        // A verbatim text doubles its quotes, and works also where the line ends in one.
        return $"@\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
