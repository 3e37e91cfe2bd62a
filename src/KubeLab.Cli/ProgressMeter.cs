using System.Globalization;
using KubeLab.Notebook.Running;
using Spectre.Console;

namespace KubeLab.Cli;

/// <summary>Shows how far a run is: a bar that moves on a terminal, one line per cell in a log.</summary>
internal abstract class ProgressMeter : IDisposable
{
    public static ProgressMeter Create(string title, int cells) =>
        AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected ? new Bar(title, cells) : new Lines(title);

    public abstract void Show(CellProgress progress);

    public abstract void Dispose();

    private static string FirstLine(CellProgress progress)
    {
        var line = progress.Cell.Source.Split('\n').Select(text => text.Trim()).FirstOrDefault(IsTelling) ?? "";
        return line.Length > 60 ? line[..59] + "…" : line;
    }

    /// <summary>Comments, references and usings say little about what a cell does.</summary>
    private static bool IsTelling(string line) =>
        line.Length > 0
        && !line.StartsWith("//", StringComparison.Ordinal)
        && !line.StartsWith("#r", StringComparison.Ordinal)
        && !line.StartsWith("using ", StringComparison.Ordinal);

    private sealed class Lines : ProgressMeter
    {
        public Lines(string title) => Console.WriteLine(title);

        public override void Show(CellProgress progress)
        {
            if (progress.IsDone)
            {
                var state = progress.Cell.HasFailed ? "FAILED" : "ok    ";
                var seconds = progress.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
                Console.WriteLine($"  cell {progress.Number,3}/{progress.Count}  {state} {seconds,6} s  {FirstLine(progress)}");
            }
        }

        public override void Dispose()
        {
        }
    }

    private sealed class Bar : ProgressMeter
    {
        private readonly TaskCompletionSource over = new();
        private readonly Task display;
        private ProgressTask? task;

        public Bar(string title, int cells)
        {
            display = AnsiConsole.Progress()
                .Columns(
                    new TaskDescriptionColumn { Alignment = Justify.Left },
                    new ProgressBarColumn(),
                    new PercentageColumn(),
                    new SpinnerColumn())
                .StartAsync(async context =>
                {
                    task = context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, cells));
                    await over.Task.ConfigureAwait(false);
                });
        }

        public override void Show(CellProgress progress)
        {
            if (task is not null)
            {
                task.Description = Markup.Escape($"cell {progress.Number}/{progress.Count}  {FirstLine(progress)}");
                task.Value = progress.IsDone ? progress.Number : progress.Number - 1;
            }
        }

        public override void Dispose()
        {
            over.TrySetResult();
            display.GetAwaiter().GetResult();
        }
    }
}
