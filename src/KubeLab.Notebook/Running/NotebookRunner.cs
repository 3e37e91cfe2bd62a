using System.Collections.Immutable;
using System.Diagnostics;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Running;

/// <summary>Runs a notebook from top to bottom, as "Run all" does, and stops at the first cell that fails unless it is told to go on.</summary>
public static class NotebookRunner
{
    /// <summary>Runs all code cells of <paramref name="notebook"/> in one session.</summary>
    /// <param name="notebook">What to run; its stored outputs are replaced.</param>
    /// <param name="options">Folder and time limit.</param>
    /// <param name="progress">Called on the running thread before and after each cell; null when nobody watches.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="OperationCanceledException">The run was called off.</exception>
    public static async Task<NotebookRun> RunAsync(
        NotebookDocument notebook, RunOptions options, Action<CellProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var session = new ScriptSession(options.Folder);
        var watch = Stopwatch.StartNew();
        var cells = ImmutableArray.CreateBuilder<NotebookCell>(notebook.Cells.Length);
        CellFailure? failure = null;
        var number = 0;
        foreach (var cell in notebook.Cells)
        {
            if (cell is not CodeCell code)
            {
                cells.Add(cell);
                continue;
            }

            number++;
            if ((failure is not null && !options.GoesOn) || string.IsNullOrWhiteSpace(code.Source) || (CellMetadata.Lab(code.Metadata, "only") ?? options.Target) != options.Target)
            {
                cells.Add(code with { ExecutionCount = null, Outputs = [] });
                continue;
            }

            progress?.Invoke(new CellProgress(number, notebook.CodeCellCount, code, IsDone: false, watch.Elapsed));
            var outputs = await session.RunAsync(code.Source, number, options.TimeLimit, cancellation).ConfigureAwait(false);
            var ran = code with { ExecutionCount = number, Outputs = [.. outputs] };
            cells.Add(ran);
            if (ran.Outputs.OfType<ErrorOutput>().FirstOrDefault() is { } error)
            {
                failure ??= new CellFailure(number, ran.Id, error);
            }

            progress?.Invoke(new CellProgress(number, notebook.CodeCellCount, ran, IsDone: true, watch.Elapsed));
        }

        return new NotebookRun(notebook with { Cells = cells.ToImmutable() }, failure, session.Variables(), watch.Elapsed);
    }
}
