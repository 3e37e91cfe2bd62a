using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Running;

/// <summary>A notebook after its run.</summary>
/// <param name="Notebook">The notebook with the outputs of the run; cells that did not run have none.</param>
/// <param name="Failure">The first cell that failed, or null when all succeeded.</param>
/// <param name="Variables">What the cells declared, in order, with the values at the end; one that was declared again comes once more.</param>
/// <param name="Elapsed">Real time of the run.</param>
public sealed record NotebookRun(NotebookDocument Notebook, CellFailure? Failure, IReadOnlyList<(string Name, object? Value)> Variables, TimeSpan Elapsed);
