using System.Text.Json.Nodes;
using KubeLab.Notebook.Episodes;

namespace KubeLab.Notebook.Notebooks;

/// <summary>Turns an episode into its notebook. A pure function: the same text gives the same notebook, byte for byte.</summary>
public static class NotebookBuilder
{
    /// <summary>Builds the notebook of <paramref name="episode"/>.</summary>
    /// <exception cref="FormatException">The episode has problems that the parser found; the message lists them.</exception>
    public static NotebookDocument Build(Episode episode, NotebookBuilderOptions? options = null)
    {
        if (episode.Problems.Length > 0)
        {
            throw new FormatException(string.Join('\n', episode.Problems));
        }

        var cells = new CellList();
        var markdown = new EpisodeMarkdown(options ?? NotebookBuilderOptions.ForLearners, episode.Dialect);
        cells.AddText(Opening(episode));
        cells.Flush();
        new BlockRenderer(cells, markdown).Render(episode.Blocks);
        if (episode.Dialect == EpisodeDialect.Jekyll && episode.KeyPoints.Length > 0)
        {
            cells.AddText(KeyPoints(episode.KeyPoints));
        }

        return new NotebookDocument { Cells = cells.ToCells(), Metadata = CellMetadata.ForNotebook(Lab(episode)) };
    }

    internal static string KeyPoints(IEnumerable<string> items) => "## Key points\n\n" + Items(items);

    private static string Opening(Episode episode)
    {
        var text = $"# {episode.Title}";
        if (episode is { TeachingMinutes: { } teaching, ExerciseMinutes: { } exercises })
        {
            text += $"\n\n*Teaching {teaching} min, exercises {exercises} min.*";
        }

        text += episode.Questions.Length > 0 ? "\n\n**Questions**\n\n" + Items(episode.Questions) : "";
        return text + (episode.Objectives.Length > 0 ? "\n\n**Objectives**\n\n" + Items(episode.Objectives) : "");
    }

    private static string Items(IEnumerable<string> items) => string.Join('\n', items.Select(item => $"- {item}"));

    /// <summary>What the instructor says stays out of the cells and is kept where a front end for instructors finds it.</summary>
    private static JsonObject Lab(Episode episode)
    {
        var notes = episode.Blocks.OfType<Div>().SelectMany(div => div.SelfAndInner()).Where(div => div.Name == "instructor")
            .Select(div => JsonValue.Create(string.Join("\n\n", div.Children.Select(part => part switch
            {
                Prose prose => prose.Text,
                CodeFence fence => EpisodeMarkdown.Fenced(fence),
                _ => "",
            }).Where(text => text.Length > 0))))
            .ToArray<JsonNode?>();
        var lab = new JsonObject { ["episode"] = Path.GetFileName(episode.File) };
        if (episode.Targets.Length > 0)
        {
            lab["targets"] = new JsonArray([.. episode.Targets.Select(target => JsonValue.Create(target))]);
        }

        if (notes.Length > 0)
        {
            lab["instructor"] = new JsonArray(notes);
        }

        return lab;
    }
}
