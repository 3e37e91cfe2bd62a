using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Running;

/// <summary>Why a run ended early.</summary>
/// <param name="CellNumber">Which code cell, counted from 1.</param>
/// <param name="CellId">The cell's id.</param>
/// <param name="Error">What went wrong.</param>
public sealed record CellFailure(int CellNumber, string CellId, ErrorOutput Error)
{
    /// <summary>Where and what, on one line: <c>cell 7, line 3: message</c>.</summary>
    public override string ToString() =>
        Error.Line > 0 ? $"cell {CellNumber}, line {Error.Line}: {Error.Message}" : $"cell {CellNumber}: {Error.Message}";
}
