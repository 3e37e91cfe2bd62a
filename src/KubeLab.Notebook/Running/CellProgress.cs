using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Running;

/// <summary>A cell that starts or has ended.</summary>
/// <param name="Number">Which code cell, counted from 1.</param>
/// <param name="Count">How many code cells the notebook has.</param>
/// <param name="Cell">The cell; with its outputs when it is done.</param>
/// <param name="IsDone">False when it starts, true when it has ended.</param>
/// <param name="Elapsed">Real time since the run began.</param>
public sealed record CellProgress(int Number, int Count, CodeCell Cell, bool IsDone, TimeSpan Elapsed);
