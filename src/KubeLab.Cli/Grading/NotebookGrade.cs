namespace KubeLab.Cli.Grading;

/// <summary>What a learner's notebook shows when it is run from top to bottom.</summary>
/// <param name="File">The notebook.</param>
/// <param name="Exercises">The exercises of its lesson, in order; none when it could not be graded.</param>
/// <param name="Predictions">How many predictions were made.</param>
/// <param name="Failure">The first cell that failed and why, or why nothing could be graded; null when all cells ran.</param>
internal sealed record NotebookGrade(string File, IReadOnlyList<ExerciseGrade> Exercises, int Predictions, string? Failure)
{
    public int Solved => Exercises.Count(e => e.IsSolved == true);

    /// <summary>Whether there is nothing left to do.</summary>
    public bool IsComplete => Failure is null && Exercises.Count > 0 && Solved == Exercises.Count;

    public override string ToString()
    {
        var head = Exercises.Count == 0 ? "not graded" : $"{Solved} of {Exercises.Count} exercises solved, {Predictions} predictions made";
        string?[] lines = [$"{File}: {head}", Failure is null ? null : $"  ! {Failure}", .. Exercises.Select(e => e.ToString())];
        return string.Join('\n', lines.OfType<string>());
    }

    /// <summary>A notebook that could not be run.</summary>
    public static NotebookGrade None(string file, string why) => new(file, [], 0, why);
}
