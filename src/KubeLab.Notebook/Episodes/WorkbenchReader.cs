using System.Collections.Immutable;

namespace KubeLab.Notebook.Episodes;

/// <summary>Reads text, code fences, and fenced divs of any colon count, as pandoc does.</summary>
/// <seealso href="https://pandoc.org/MANUAL.html#extension-fenced_divs">pandoc: fenced divs</seealso>
internal sealed class WorkbenchReader(string file, IReadOnlyList<SourceLine> lines, List<EpisodeProblem> problems)
{
    private int at;

    public ImmutableArray<EpisodeBlock> Read() => ReadUntilClosed(opened: null);

    private ImmutableArray<EpisodeBlock> ReadUntilClosed(SourceLine? opened)
    {
        var blocks = ImmutableArray.CreateBuilder<EpisodeBlock>();
        var prose = new ProseBuffer(blocks);
        while (at < lines.Count)
        {
            var line = lines[at];
            if (Fence.Open(line.Text) is { } fence)
            {
                prose.Flush();
                blocks.Add(ReadFence(fence));
            }
            else if (line.Text.StartsWith(":::", StringComparison.Ordinal))
            {
                if (IsClosing(line.Text) && opened is not null)
                {
                    at++;
                    prose.Flush();
                    return blocks.ToImmutable();
                }

                NoteMissingBlankLine(line);
                prose.Flush();
                ReadDiv(blocks, line);
            }
            else
            {
                prose.Add(line);
                at++;
            }
        }

        prose.Flush();
        if (opened is { } open)
        {
            Problem(open.Number, "this ':::' block is never closed: add a line ':::' after its end");
        }

        return blocks.ToImmutable();
    }

    private static bool IsClosing(string line) => line.TrimEnd().All(c => c == ':');

    private void NoteMissingBlankLine(SourceLine line)
    {
        if (at > 0 && !lines[at - 1].IsBlank && !lines[at - 1].Text.StartsWith(":::", StringComparison.Ordinal) && !IsClosing(line.Text))
        {
            Problem(line.Number, "put a blank line before ':::', or the Workbench takes it as text of the paragraph above");
        }
    }

    private void ReadDiv(ImmutableArray<EpisodeBlock>.Builder blocks, SourceLine line)
    {
        at++;
        var info = line.Text.Trim(':', ' ', '\t');
        if (info.Length == 0)
        {
            Problem(line.Number, "this ':::' closes nothing: no block is open here");
            return;
        }

        var brace = info.IndexOf('{', StringComparison.Ordinal);
        var name = (brace < 0 ? info : info[..brace]).Trim().ToLowerInvariant();
        var attributes = brace < 0 ? BlockAttributes.None : BlockAttributes.Parse(info[brace..].Trim('{', '}'));
        if (name.Length == 0 && attributes.Classes.Length > 0)
        {
            name = attributes.Classes[0];
        }

        blocks.Add(new Div(line.Number, name, attributes, ReadUntilClosed(line)));
    }

    private CodeFence ReadFence(Fence fence)
    {
        var open = lines[at++];
        var code = new List<string>();
        while (at < lines.Count && !fence.IsClosedBy(lines[at].Text))
        {
            code.Add(lines[at++].Text);
        }

        if (at++ >= lines.Count)
        {
            Problem(open.Number, $"this code fence is never closed: end it with {new string(fence.Mark, fence.Length)}");
        }

        return new CodeFence(open.Number, fence.Language, fence.Attributes, string.Join('\n', code));
    }

    private void Problem(int line, string message) => problems.Add(new EpisodeProblem(file, line, message));
}
