using System.Text;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Episodes;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Server;

/// <summary>The lessons of the lab, and the learner's copies of them in <c>work/</c>.</summary>
internal sealed class LessonDesk(ContentsStore contents)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (FileVersion Version, JsonObject Entry)> read = new(StringComparer.Ordinal);

    private string Episodes => Path.Combine(contents.Paths.Root, "episodes");

    /// <summary>What there is to learn, in reading order.</summary>
    public JsonObject List()
    {
        lock (gate)
        {
            return new JsonObject { ["episodes"] = new JsonArray([.. Names().Select(name => Entry(name).DeepClone())]) };
        }
    }

    /// <summary>The path of the learner's copy, made when there is none.</summary>
    /// <exception cref="ApiException">There is no such lesson.</exception>
    public JsonObject Open(string id)
    {
        var name = Find(id);
        var path = $"work/{name}.ipynb";
        var file = contents.Paths.Resolve(path);
        if (!File.Exists(file))
        {
            contents.Put(file, Fresh(name));
        }

        return new JsonObject { ["path"] = path };
    }

    /// <summary>Begins the lesson anew; the copy so far is kept as a checkpoint.</summary>
    /// <exception cref="ApiException">There is no such lesson.</exception>
    public JsonObject Reset(string id)
    {
        var name = Find(id);
        var path = $"work/{name}.ipynb";
        var file = contents.Paths.Resolve(path);
        JsonObject? checkpoint = File.Exists(file) ? contents.Checkpoints.Create(file) : null;
        contents.Put(file, Fresh(name));
        return new JsonObject { ["path"] = path, ["checkpoint"] = checkpoint };
    }

    /// <summary>The demo of a lesson, as the page plays it.</summary>
    /// <exception cref="ApiException">There is no such lesson, or it has no demo.</exception>
    public JsonObject Demo(string id)
    {
        var name = Find(id);
        var episode = Parse(name);
        var demo = DemoScript.Of(episode) ?? throw ApiException.NotFound($"Lesson {name} has no demo. Lessons with one: {string.Join(", ", Names().Where(HasDemo))}");
        return new JsonObject
        {
            ["id"] = episode.Number,
            ["title"] = episode.Title,
            ["minutes"] = demo.Minutes,
            ["steps"] = new JsonArray([.. demo.Steps.Select(step => new JsonObject
            {
                ["title"] = step.Title,
                ["notes"] = step.Notes,
                ["code"] = step.Code is { } fence ? KubectlCells.SourceOf(fence) : null,
            })]),
        };
    }

    private bool HasDemo(string name)
    {
        lock (gate)
        {
            return Entry(name)["hasDemo"]!.GetValue<bool>();
        }
    }

    private Episode Parse(string name) => EpisodeParser.ParseFile(Path.Combine(Episodes, name + ".md"), $"episodes/{name}.md");

    private IEnumerable<string> Names() =>
        Directory.Exists(Episodes)
            ? Directory.EnumerateFiles(Episodes, "*.md").Select(f => Path.GetFileNameWithoutExtension(f))
                .Where(n => n.Length > 2 && char.IsAsciiDigit(n[0])).Order(StringComparer.Ordinal)
            : [];

    private string Find(string id) =>
        Names().FirstOrDefault(name => name == id || name.Split('-')[0] == id.PadLeft(2, '0'))
        ?? throw ApiException.NotFound($"There is no lesson '{id}'. Lessons: {string.Join(", ", Names())}");

    private JsonObject Entry(string name)
    {
        var file = Path.Combine(Episodes, name + ".md");
        var version = FileVersion.Of(file);
        if (!read.TryGetValue(name, out var known) || known.Version != version)
        {
            read[name] = known = (version, Describe(Parse(name)));
        }

        return known.Entry;
    }

    private static JsonObject Describe(Episode episode) => new()
    {
        ["id"] = episode.Number,
        ["slug"] = episode.Name[(episode.Number.Length + (episode.Number.Length > 0 ? 1 : 0))..],
        ["title"] = episode.Title,
        ["teaching"] = episode.TeachingMinutes,
        ["exercises"] = episode.ExerciseMinutes,
        ["prerequisites"] = new JsonArray([.. episode.Prerequisites.Select(p => JsonValue.Create(p))]),
        ["path"] = $"notebooks/{episode.Name}.ipynb",
        ["hasDemo"] = DemoScript.Of(episode) is not null,
    };

    /// <summary>The generated notebook, or one made from the episode on the spot.</summary>
    private byte[] Fresh(string name)
    {
        var generated = Path.Combine(contents.Paths.Root, "notebooks", name + ".ipynb");
        if (File.Exists(generated))
        {
            return File.ReadAllBytes(generated);
        }

        try
        {
            return Encoding.UTF8.GetBytes(NotebookFile.ToJson(NotebookBuilder.Build(Parse(name))));
        }
        catch (FormatException error)
        {
            throw new ApiException(500, error.Message);
        }
    }
}
