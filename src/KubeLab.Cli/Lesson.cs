using KubeLab.Notebook.Episodes;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Cli;

/// <summary>A lesson on disk: the episode it is written in, its notebook, or both.</summary>
/// <param name="Name">For example <c>05-pods-and-kubectl</c>.</param>
/// <param name="Episode">The path of the episode's markdown, or null.</param>
/// <param name="Notebook">The path of the notebook, or null when it is not built.</param>
/// <param name="Folder">Where the notebook lies or would lie; paths in its cells count from here.</param>
internal sealed record Lesson(string Name, string? Episode, string? Notebook, string Folder)
{
    /// <summary>The number before the dash, or the whole name.</summary>
    public string Number => Name.Split('-')[0];

    /// <summary>Builds the notebook from the episode.</summary>
    public NotebookDocument Build(bool includeSolutions)
    {
        if (Episode is null)
        {
            throw new UsageException($"{Name} has no episode to build from: only its notebook exists.");
        }

        try
        {
            var episode = EpisodeParser.ParseFile(Episode, LabFolder.Shown(Episode));
            return NotebookBuilder.Build(episode, new NotebookBuilderOptions { IncludeSolutions = includeSolutions });
        }
        catch (FormatException error)
        {
            throw new UsageException(error.Message);
        }
    }

    /// <summary>The notebook to run: the one on disk, or built in memory when there is none, or when solutions are to run too.</summary>
    public NotebookDocument Load(bool includeSolutions)
    {
        if (includeSolutions || Notebook is null)
        {
            return Build(includeSolutions);
        }

        try
        {
            return NotebookFile.Read(Notebook);
        }
        catch (FormatException error)
        {
            throw new UsageException(error.Message);
        }
    }
}
