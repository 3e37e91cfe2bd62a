using System.CommandLine;
using System.Text.Json;
using KubeLab.Cli.Grading;

namespace KubeLab.Cli.Commands;

/// <summary><c>lab check NAME…</c>: runs learners' notebooks and says which exercises are solved.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("NAME")
        {
            Description = "A lesson's number (05), which means your copy of it in work/, or paths of .ipynb files.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Prints a JSON array instead of lines for people." };
        var limit = RunCommand.TimeLimitOption();
        var command = new Command("check", "Runs learners' notebooks, past cells that fail, and says which exercises are solved; exits with 1 unless all are.") { names, json, limit };
        command.SetAction((parsed, cancellation) =>
            RunAsync([.. parsed.GetRequiredValue(names).Select(Find)], parsed.GetValue(json), TimeSpan.FromSeconds(parsed.GetValue(limit)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> paths, bool asJson, TimeSpan timeLimit, CancellationToken cancellation)
    {
        var grades = new List<NotebookGrade>();
        foreach (var path in paths)
        {
            var grade = asJson && paths.Count == 1
                ? await NotebookGrader.GradeAsync(path, timeLimit, cancellation).ConfigureAwait(false)
                : await GradingProcess.GradeAsync(path, timeLimit, cancellation).ConfigureAwait(false);
            grades.Add(grade);
            if (!asJson)
            {
                Console.WriteLine(grade);
            }
        }

        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(grades, GradeJson.Options));
        }
        else if (grades.Count > 1)
        {
            Console.WriteLine($"{grades.Count(g => g.IsComplete)} of {grades.Count} notebooks complete");
        }

        return grades.TrueForAll(g => g.IsComplete) ? 0 : 1;
    }

    /// <summary>The notebook that is meant: the learner's copy before the lesson as it is handed out.</summary>
    private static string Find(string wish)
    {
        if (File.Exists(wish))
        {
            return Path.GetExtension(wish) == ".ipynb" ? Path.GetFullPath(wish) : throw new UsageException($"{wish} is no notebook: lab check takes .ipynb files");
        }

        var lab = LabFolder.Find();
        var lesson = LessonCatalog.Find(lab, wish);
        var copy = Path.Combine(lab.Work, lesson.Name + ".ipynb");
        return File.Exists(copy) ? copy
            : lesson.Notebook ?? throw new UsageException($"{lesson.Name} has no notebook yet: open it in lab up, or run lab notebooks build");
    }
}
