using System.Collections.Immutable;

namespace KubeLab.Notebook.Episodes;

/// <summary>
/// Reads an episode's markdown, in the Workbench's form or in the older Jekyll form, which it recognises by the front matter.
/// </summary>
public static class EpisodeParser
{
    /// <summary>
    /// Reads the file at <paramref name="path"/>; <paramref name="name"/> is how messages call it (the path itself when null).
    /// </summary>
    public static Episode ParseFile(string path, string? name = null) => Parse(name ?? path, File.ReadAllText(path));

    /// <summary>Reads <paramref name="text"/>. Never throws for what is written in it: see <see cref="Episode.Problems"/>.</summary>
    public static Episode Parse(string file, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select((line, index) => new SourceLine(index + 1, line)).ToList();
        var front = FrontMatter.Read(file, lines);
        var body = lines.Skip(front.End).ToList();
        var isJekyll = front.HasAnyOf("questions", "objectives", "keypoints");
        var problems = front.Problems;
        var blocks = isJekyll ? new JekyllReader(file, problems).Read(body) : new WorkbenchReader(file, body, problems).Read();
        return new Episode
        {
            File = file,
            Title = front.Text("title") ?? "",
            TeachingMinutes = front.Minutes("teaching"),
            ExerciseMinutes = front.Minutes("exercises"),
            StartsDay = front.Text("start") == "true",
            Targets = front.List("targets"),
            Prerequisites = front.List("prerequisites"),
            Dialect = isJekyll ? EpisodeDialect.Jekyll : EpisodeDialect.Workbench,
            Questions = isJekyll ? front.List("questions") : ItemsOf(blocks, "questions"),
            Objectives = isJekyll ? front.List("objectives") : ItemsOf(blocks, "objectives"),
            KeyPoints = isJekyll ? front.List("keypoints") : ItemsOf(blocks, "keypoints"),
            Blocks = blocks,
            Problems = [.. problems],
        };
    }

    private static ImmutableArray<string> ItemsOf(ImmutableArray<EpisodeBlock> blocks, string name)
    {
        var items = ImmutableArray.CreateBuilder<string>();
        var lines = blocks.OfType<Div>().Where(div => div.Name == name).SelectMany(div => div.Children.OfType<Prose>())
            .SelectMany(prose => prose.Text.Split('\n'));
        foreach (var line in lines)
        {
            var text = line.Trim();
            if (text.StartsWith("- ", StringComparison.Ordinal) || text.StartsWith("* ", StringComparison.Ordinal))
            {
                items.Add(text[2..].Trim());
            }
            else if (text.Length > 0 && items.Count > 0)
            {
                // A wrapped item goes on in the next line.
                items[^1] += " " + text;
            }
        }

        return items.ToImmutable();
    }
}
