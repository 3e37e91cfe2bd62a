using System.Text.Json.Nodes;
using KubeLab.Notebook.Episodes;

namespace KubeLab.Notebook.Notebooks;

/// <summary>Lays an episode's blocks out as cells.</summary>
internal sealed class BlockRenderer(CellList cells, EpisodeMarkdown markdown)
{
    public void Render(IReadOnlyList<EpisodeBlock> blocks)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            switch (blocks[i])
            {
                case Prose prose:
                    AddSections(prose);
                    break;
                case CodeFence { IsRunnable: true } fence:
                    AddCode(fence, ExpectedOutput(blocks, ref i), [], null);
                    break;
                case CodeFence fence:
                    cells.AddText(EpisodeMarkdown.Fenced(fence));
                    break;
                case Div div:
                    AddDiv(div);
                    break;
            }
        }
    }

    /// <summary>A new section starts a new cell, so that readers can fold and run by section.</summary>
    private void AddSections(Prose prose)
    {
        var section = new List<string>();
        foreach (var line in prose.Text.Split('\n').Append("## "))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal) && section.Count > 0)
            {
                if (section[0].StartsWith("## ", StringComparison.Ordinal))
                {
                    cells.Flush();
                }

                cells.AddText(markdown.Text(string.Join('\n', section)));
                section.Clear();
            }

            section.Add(line);
        }
    }

    private void AddDiv(Div div)
    {
        switch (div.Name)
        {
            case "questions" or "objectives" or "instructor":
                break;
            case "keypoints":
                cells.Flush();
                cells.AddText("## Key points\n\n" + Inner(div.Children));
                break;
            case "challenge":
                new ChallengeRenderer(cells, markdown).Render(div);
                break;
            case "hint" or "solution" or "spoiler":
                cells.AddText(Fold(div));
                break;
            case "tab" or "group-tab":
                AddTabs(div);
                break;
            default:
                AddCallout(div);
                break;
        }
    }

    /// <summary>The text of a callout is quoted; code in it becomes cells below the text before it.</summary>
    private void AddCallout(Div div)
    {
        var (title, rest) = TitleOf(div);
        var label = div.IsPrediction ? "Prediction" : Label(div.Name);
        var heading = title is null ? label : $"{label}: {title}";
        string[] tags = div.IsPrediction ? ["prediction"] : [];
        var lab = div is { IsPrediction: true, Attributes.Id: { } id } ? new JsonObject { ["prediction"] = id } : null;
        var text = new List<string>();
        var isFirst = true;
        for (var i = 0; i < rest.Count; i++)
        {
            if (rest[i] is CodeFence { IsRunnable: true } fence)
            {
                Quote();
                AddCode(fence, ExpectedOutput(rest, ref i), tags, lab?.DeepClone().AsObject());
            }
            else
            {
                text.Add(Inner([rest[i]]));
            }
        }

        Quote();

        void Quote()
        {
            if (text.Count > 0 || isFirst)
            {
                var content = string.Join("\n\n", text);
                cells.AddText(isFirst ? EpisodeMarkdown.Quoted(heading, content) : content, div.IsPrediction ? "prediction" : null);
            }

            isFirst = false;
            text.Clear();
        }
    }

    /// <summary>The first tab is the lab's own way and stays open and runnable; the others are folded below it.</summary>
    private void AddTabs(Div div)
    {
        var isFirst = true;
        foreach (var (name, blocks) in Tabs(div))
        {
            if (isFirst)
            {
                cells.AddText($"**{name}**");
                Render(blocks);
            }
            else
            {
                cells.AddText(EpisodeMarkdown.Folded(name, Inner(blocks)));
            }

            isFirst = false;
        }
    }

    private static IEnumerable<(string Name, List<EpisodeBlock> Blocks)> Tabs(Div div)
    {
        string? name = null;
        var blocks = new List<EpisodeBlock>();
        foreach (var block in div.Children)
        {
            if (block is not Prose prose)
            {
                blocks.Add(block);
                continue;
            }

            var start = 0;
            var lines = prose.Text.Split('\n');
            for (var i = 0; i <= lines.Length; i++)
            {
                var isTab = i < lines.Length && lines[i].StartsWith("### ", StringComparison.Ordinal);
                if (!isTab && i < lines.Length)
                {
                    continue;
                }

                if (i > start)
                {
                    blocks.Add(new Prose(prose.Line + start, string.Join('\n', lines[start..i]).Trim('\n')));
                }

                if (isTab)
                {
                    if (name is not null)
                    {
                        yield return (name, blocks);
                    }

                    name = lines[i][4..].Trim();
                    blocks = [];
                    start = i + 1;
                }
            }
        }

        if (name is not null)
        {
            yield return (name, blocks);
        }
    }

    /// <summary>Blocks as one text, nothing of it runnable.</summary>
    public string Inner(IEnumerable<EpisodeBlock> blocks) => string.Join("\n\n", blocks.Select(Text).Where(text => text.Length > 0));

    private string Text(EpisodeBlock block) => block switch
    {
        Prose prose => markdown.Text(prose.Text),
        CodeFence fence => EpisodeMarkdown.Fenced(fence),
        Div { Name: "instructor" } => "",
        Div { Name: "hint" or "solution" or "spoiler" } div => Fold(div),
        Div div => EpisodeMarkdown.Quoted(Label(div.Name), Inner(div.Children)),
        _ => "",
    };

    public string Fold(Div div)
    {
        var (title, rest) = TitleOf(div);
        var label = Label(div.Name);
        var summary = title is null || title == label ? label : div.Name == "spoiler" ? title : $"{label}: {title}";
        return EpisodeMarkdown.Folded(summary, Inner(rest));
    }

    /// <summary>A block's first heading is its title, and is left out of its text.</summary>
    public static (string? Title, IReadOnlyList<EpisodeBlock> Body) TitleOf(Div div)
    {
        if (div.Children is not [Prose prose, ..])
        {
            return (null, div.Children);
        }

        var lines = prose.Text.Split('\n');
        if (!lines[0].StartsWith('#'))
        {
            return (null, div.Children);
        }

        var rest = string.Join('\n', lines[1..]).TrimStart('\n');
        var title = lines[0].TrimStart('#').Trim();
        var tail = div.Children.Skip(1);
        return (title, rest.Length == 0 ? [.. tail] : [prose with { Text = rest }, .. tail]);
    }

    public void AddCode(CodeFence fence, string? expected, IReadOnlyList<string> tags, JsonObject? lab)
    {
        if (expected is not null)
        {
            (lab ??= [])["output"] = expected;
        }

        if (fence.Only is { } target)
        {
            (lab ??= [])["only"] = target;
        }

        cells.AddCode(KubectlCells.SourceOf(fence), lab, tags);
    }

    /// <summary>An output fence right below a code fence is what that code prints: it is compared, and shown by running.</summary>
    public static string? ExpectedOutput(IReadOnlyList<EpisodeBlock> blocks, ref int i)
    {
        if (i + 1 < blocks.Count && blocks[i + 1] is CodeFence { IsOutput: true } output)
        {
            i++;
            return output.Code;
        }

        return null;
    }

    private static string Label(string name) => name switch
    {
        "callout" => "Note",
        "caution" => "Caution",
        "prereq" => "Before you start",
        "hint" => "Hint",
        "solution" => "Solution",
        "spoiler" => "More",
        _ => name.Length == 0 ? "Note" : char.ToUpperInvariant(name[0]) + name[1..],
    };
}
