using System.Text.Json.Nodes;
using KubeLab.Notebook.Episodes;

namespace KubeLab.Notebook.Notebooks;

/// <summary>Lays a challenge out: its text, the learner's cells, folded hints and the folded solution.</summary>
internal sealed class ChallengeRenderer(CellList cells, EpisodeMarkdown markdown)
{
    private readonly BlockRenderer blocks = new(cells, markdown);

    public void Render(Div challenge)
    {
        var check = EpisodeLint.CheckId(challenge)?.Text;
        var (title, rest) = BlockRenderer.TitleOf(challenge);
        var isSolved = !markdown.Options.IncludeSolutions;
        cells.Flush();
        cells.AddText(title is null ? "### Exercise" : $"### Exercise: {title}");
        for (var i = 0; i < rest.Count; i++)
        {
            if (rest[i] is CodeFence { IsRunnable: true } fence)
            {
                if (!isSolved && check is not null && fence.Code.Contains($"\"{check}\"", StringComparison.Ordinal))
                {
                    AddSolution(challenge, check);
                    isSolved = true;
                }

                blocks.AddCode(fence, BlockRenderer.ExpectedOutput(rest, ref i), ["exercise"], Lab(check));
            }
            else
            {
                AddText(rest[i]);
            }
        }

        if (!isSolved)
        {
            AddSolution(challenge, check);
        }

        cells.Flush();
    }

    private void AddText(EpisodeBlock block)
    {
        switch (block)
        {
            case Div { Name: "hint" or "solution" } div:
                // Its own cell and tag let a page fold or hide it.
                cells.AddText(blocks.Fold(div), div.Name);
                break;
            case Div div:
                blocks.Render([div]);
                break;
            default:
                cells.AddText(blocks.Inner([block]));
                break;
        }
    }

    private void AddSolution(Div challenge, string? check)
    {
        var parts = challenge.Children.OfType<Div>().Where(div => div.Name == "solution").SelectMany(div => div.Children).ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is CodeFence { IsRunnable: true } fence)
            {
                blocks.AddCode(fence, BlockRenderer.ExpectedOutput(parts, ref i), ["solution"], Lab(check));
            }
        }
    }

    private static JsonObject? Lab(string? check) => check is null ? null : new JsonObject { ["check"] = check };
}
