using System.Collections.Immutable;

namespace KubeLab.Notebook.Episodes;

/// <summary>
/// One lesson as it is written: <c>episodes/NN-slug.md</c>, parsed and not yet judged (that is <see cref="EpisodeLint"/>).
/// </summary>
/// <seealso href="https://carpentries.github.io/sandpaper-docs/episodes.html">Episodes in the Carpentries Workbench</seealso>
public sealed record Episode
{
    /// <summary>The file as messages name it, for example <c>episodes/05-pods-and-kubectl.md</c>.</summary>
    public required string File { get; init; }

    /// <summary>The title; empty when the front matter has none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Minutes of teaching; null when absent or not a whole number.</summary>
    public int? TeachingMinutes { get; init; }

    /// <summary>Minutes of exercises; null when absent or not a whole number.</summary>
    public int? ExerciseMinutes { get; init; }

    /// <summary>Whether a new day of the course starts here (<c>start: true</c>).</summary>
    public bool StartsDay { get; init; }

    /// <summary>On what its notebook gives the same outputs (<c>targets: [simulated, kubeconfig]</c>); empty is <c>simulated</c> alone.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>The numbers of the episodes that should come before (<c>prerequisites: ["03"]</c>).</summary>
    public ImmutableArray<string> Prerequisites { get; init; } = [];

    /// <summary>Which of the two Carpentries forms the file is written in.</summary>
    public EpisodeDialect Dialect { get; init; }

    /// <summary>What the lesson asks, one entry per list item.</summary>
    public ImmutableArray<string> Questions { get; init; } = [];

    /// <summary>What a learner can do afterwards, one entry per list item.</summary>
    public ImmutableArray<string> Objectives { get; init; } = [];

    /// <summary>What to remember, one entry per list item.</summary>
    public ImmutableArray<string> KeyPoints { get; init; } = [];

    /// <summary>The body in reading order.</summary>
    public ImmutableArray<EpisodeBlock> Blocks { get; init; } = [];

    /// <summary>What could not be understood while reading; the parser goes on as well as it can.</summary>
    public ImmutableArray<EpisodeProblem> Problems { get; init; } = [];

    /// <summary>The file's name without folder and extension, for example <c>05-pods-and-kubectl</c>.</summary>
    public string Name => Path.GetFileNameWithoutExtension(File);

    /// <summary>The number before the first dash, for example <c>05</c>; empty when the name has none.</summary>
    public string Number => Name.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash ? Name[..dash] : "";
}
