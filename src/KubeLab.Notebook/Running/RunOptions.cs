namespace KubeLab.Notebook.Running;

/// <summary>How a notebook is run.</summary>
public sealed record RunOptions
{
    /// <summary>The notebook's folder, from which relative <c>#r</c> paths count.</summary>
    public required string Folder { get; init; }

    /// <summary>What it runs on: cells that say they run on another target only are passed over.</summary>
    public string Target { get; init; } = "simulated";

    /// <summary>Whether the cells after a failed one run too.</summary>
    public bool GoesOn { get; init; }

    /// <summary>How long one cell may run; compiling it does not count.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(120);
}
