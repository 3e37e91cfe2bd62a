namespace KubeLab.Notebook.Running;

/// <summary>How a notebook is run.</summary>
public sealed record RunOptions
{
    /// <summary>The notebook's folder, from which relative <c>#r</c> paths count.</summary>
    public required string Folder { get; init; }

    /// <summary>How long one cell may run; compiling it does not count.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(120);
}
