namespace KubeLab.KubectlText.Printing;

/// <summary>What is added to a table that the server printed, and what is left out.</summary>
internal sealed record TableOptions
{
    /// <summary>Whether columns that are only for <c>-o wide</c> are shown.</summary>
    public bool Wide { get; init; }

    /// <summary>Whether the line with the names of the columns is left out.</summary>
    public bool NoHeaders { get; init; }

    /// <summary>Whether the namespace comes first.</summary>
    public bool WithNamespace { get; init; }

    /// <summary>What is put before names, for example <c>deployment.apps</c>; null when nothing.</summary>
    public string? Kind { get; init; }

    /// <summary>Labels that get a column of their own.</summary>
    public IReadOnlyList<string> LabelColumns { get; init; } = [];

    /// <summary>Whether all labels come last.</summary>
    public bool ShowLabels { get; init; }

    /// <summary>What happened to the rows, in a watch that shows it; null when it is not shown.</summary>
    public string? EventType { get; init; }
}
