using System.Diagnostics;
using System.Globalization;
using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Reports;
using KubeLab.Notebook.Running;

namespace KubeLab.Cli;

/// <summary>Runs a lesson before the reader's eyes and writes what came of it.</summary>
internal static class LessonRunner
{
    /// <summary>Runs and reports; the exit code is 0 when all cells succeeded, and 1 otherwise.</summary>
    public static async Task<int> RunAsync(Lesson lesson, LessonRunOptions options, CancellationToken cancellation)
    {
        var notebook = lesson.Load(options.IncludeSolutions);
        var title = notebook.Title.Length > 0 ? notebook.Title : lesson.Name;
        var firstOutput = TimeSpan.Zero;
        NotebookRun run;
        using (var meter = ProgressMeter.Create($"{lesson.Number} {title}", notebook.CodeCellCount))
        {
            var how = new RunOptions { Folder = lesson.Folder, TimeLimit = options.TimeLimit, Target = Target() };
            run = await RunIn(lesson.Folder, () => NotebookRunner.RunAsync(notebook, how, Watch, cancellation)).ConfigureAwait(false);

            void Watch(CellProgress progress)
            {
                if (progress.IsDone && firstOutput == TimeSpan.Zero)
                {
                    firstOutput = SinceProcessStart();
                }

                meter.Show(progress);
            }
        }

        Write(run, lesson, options, firstOutput);
        return run.Failure is null ? 0 : 1;
    }

    private static void Write(NotebookRun run, Lesson lesson, LessonRunOptions options, TimeSpan firstOutput)
    {
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Notebook.CodeCellCount} cells in {run.Elapsed.TotalSeconds:0.0} s, first after {firstOutput.TotalSeconds:0.0} s");
        var report = new ReportOptions { Folder = lesson.Folder, Note = $"Made by: lab run {lesson.Number}. {summary}." };
        HtmlReport.Write(run.Notebook, options.Html, report);
        if (options.Notebook is not null)
        {
            NotebookFile.Write(run.Notebook, options.Notebook);
            Console.WriteLine($"notebook: {LabFolder.Shown(options.Notebook)}");
        }

        if (run.Failure is { } failure)
        {
            Console.Error.WriteLine($"{lesson.Name} failed in {failure}");
            Console.Error.WriteLine(string.Join('\n', failure.Error.Traceback));
        }
        else
        {
            Console.WriteLine($"{lesson.Name}: {summary}");
        }

        Console.WriteLine($"report: {LabFolder.Shown(options.Html)}");
    }

    /// <summary>Jupyter starts a kernel in the notebook's folder, so cells may open files relative to it.</summary>
    private static async Task<NotebookRun> RunIn(string folder, Func<Task<NotebookRun>> run)
    {
        var before = Directory.GetCurrentDirectory();
        Directory.CreateDirectory(folder);
        Directory.SetCurrentDirectory(folder);
        try
        {
            return await run().ConfigureAwait(false);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    /// <summary>The kind of cluster that the cells will open, which decides which of them run.</summary>
    private static string Target() =>
        Environment.GetEnvironmentVariable(Lab.TargetVariable)?.Trim().StartsWith("kubeconfig", StringComparison.Ordinal) == true ? "kubeconfig" : "simulated";

    private static TimeSpan SinceProcessStart()
    {
        using var process = Process.GetCurrentProcess();
        return TimeProvider.System.GetUtcNow() - process.StartTime.ToUniversalTime();
    }
}
