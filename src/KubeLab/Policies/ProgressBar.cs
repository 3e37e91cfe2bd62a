using KubeLab.Connected;

namespace KubeLab.Policies;

/// <summary>Tells how far a comparison is: on a terminal a bar that moves in its line, elsewhere (a cell, a log) a line every ten seconds, and nothing of what is quicker.</summary>
internal sealed class ProgressBar(TextWriter output, bool isTerminal)
{
    private const int LineLetters = 78;
    private TimeSpan told;

    /// <summary>For the console or the notebook that this runs in.</summary>
    public static ProgressBar ForConsole() => new(Console.Out, !Console.IsOutputRedirected);

    /// <summary>Tells, if it is time to.</summary>
    public void Tell(PolicyProgress progress)
    {
        if (isTerminal)
        {
            output.Write($"\r{progress.ToString().PadRight(LineLetters)}{(progress.Done == progress.Total ? "\n" : "")}");
        }
        else if (progress.Elapsed - told >= WallProgress.Period && progress.Done < progress.Total)
        {
            told = progress.Elapsed;
            output.WriteLine($"[policies] {WallProgress.Text(progress.Elapsed)} {progress}");
        }
    }
}
