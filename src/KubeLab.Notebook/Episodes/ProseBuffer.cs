using System.Collections.Immutable;

namespace KubeLab.Notebook.Episodes;

/// <summary>Collects lines of text until a fence or a div ends them.</summary>
internal sealed class ProseBuffer(ImmutableArray<EpisodeBlock>.Builder blocks)
{
    private readonly List<SourceLine> lines = [];

    public void Add(SourceLine line)
    {
        if (lines.Count > 0 || !line.IsBlank)
        {
            lines.Add(line);
        }
    }

    public void Flush()
    {
        while (lines.Count > 0 && lines[^1].IsBlank)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        if (lines.Count > 0)
        {
            blocks.Add(new Prose(lines[0].Number, string.Join('\n', lines.Select(line => line.Text.TrimEnd()))));
            lines.Clear();
        }
    }
}
