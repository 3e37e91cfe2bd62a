using KubeLab.Lessons;
using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Running;

namespace KubeLab.Cli.Grading;

/// <summary>Grades one notebook: runs it whole, past cells that fail, and asks the lessons that its variables hold what their checks found.</summary>
internal static class NotebookGrader
{
    public static async Task<NotebookGrade> GradeAsync(string path, TimeSpan timeLimit, CancellationToken cancellation)
    {
        var file = LabFolder.Shown(path);
        NotebookDocument notebook;
        try
        {
            notebook = NotebookFile.Read(path);
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            return NotebookGrade.None(file, error.Message);
        }

        var options = new RunOptions { Folder = Path.GetDirectoryName(path)!, GoesOn = true, TimeLimit = timeLimit };
        Directory.SetCurrentDirectory(options.Folder);
        var run = await NotebookRunner.RunAsync(notebook, options, null, cancellation).ConfigureAwait(false);
        return Grade(file, run);
    }

    private static NotebookGrade Grade(string file, NotebookRun run)
    {
        List<KubeLab.Lessons.Lesson> lessons = [.. run.Variables.Select(v => v.Value).OfType<KubeLab.Lessons.Lesson>().Distinct()];
        var failure = run.Failure is null ? null : $"{run.Failure}";
        if (lessons.Count == 0)
        {
            return NotebookGrade.None(file, failure ?? "no variable holds a lesson: a lesson's notebook has a cell with cluster.Lesson(\"05\"), for example");
        }

        var results = new Dictionary<string, CheckResult>(StringComparer.Ordinal);
        foreach (var result in lessons.SelectMany(lesson => lesson.Results))
        {
            results[result.Id] = result;
        }

        var exercises = lessons.Select(lesson => lesson.Episode).Distinct(StringComparer.Ordinal).SelectMany(ExerciseRegistry.Of)
            .Select(exercise => results.TryGetValue(exercise.Id, out var result)
                ? new ExerciseGrade(exercise.Id, result.IsPassed, result.Message)
                : new ExerciseGrade(exercise.Id, null, exercise.Task));
        var predictions = lessons.SelectMany(lesson => lesson.Predictions).Select(p => p.Id).Distinct(StringComparer.Ordinal).Count();
        return new NotebookGrade(file, [.. exercises], predictions, failure);
    }
}
