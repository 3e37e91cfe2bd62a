using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Running;

/// <summary>A notebook after its run.</summary>
/// <param name="Notebook">The notebook with the outputs of the run; cells after a failed one have none.</param>
/// <param name="Failure">The cell that failed, or null when all succeeded.</param>
/// <param name="Elapsed">Real time of the run.</param>
public sealed record NotebookRun(NotebookDocument Notebook, CellFailure? Failure, TimeSpan Elapsed);
