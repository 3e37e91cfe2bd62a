namespace KubeLab.Notebook.Notebooks;

/// <summary>What a notebook built from an episode holds.</summary>
public sealed record NotebookBuilderOptions
{
    /// <summary>The learner's notebook: solutions are folded text.</summary>
    public static NotebookBuilderOptions ForLearners { get; } = new();

    /// <summary>
    /// Whether solutions also become code cells, tagged <c>solution</c>. They stand before the first cell of the challenge that checks
    /// it, so that a run of the whole notebook solves each exercise before it is judged.
    /// </summary>
    public bool IncludeSolutions { get; init; }

    /// <summary>How the notebook's folder reaches the episode's folder, for figures.</summary>
    public string EpisodeFolder { get; init; } = "../episodes/";
}
