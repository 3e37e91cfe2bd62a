namespace KubeLab.Cli.Grading;

/// <summary>How far a learner came with one exercise.</summary>
/// <param name="Id">For example <c>E05.1</c>.</param>
/// <param name="IsSolved">Whether a check of it passed; null when it was never checked.</param>
/// <param name="Message">What the check said, or what is asked when it was never checked.</param>
internal sealed record ExerciseGrade(string Id, bool? IsSolved, string Message)
{
    public override string ToString() => IsSolved switch
    {
        true => $"  ✔ {Id}  solved: {Message}",
        false => $"  ✘ {Id}  not yet: {Message}",
        null => $"  – {Id}  not tried: {Message}",
    };
}
