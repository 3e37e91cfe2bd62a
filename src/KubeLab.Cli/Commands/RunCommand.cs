using System.CommandLine;

namespace KubeLab.Cli.Commands;

/// <summary><c>lab run NAME</c>: runs a lesson's notebook and writes its report.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME")
        {
            Description = "The lesson: its number (05), its name, or the path of an .ipynb or .md file.",
        };
        var html = new Option<FileInfo?>("--html") { Description = "Where the report goes. Default: artifacts/reports/NN.html." };
        var notebook = new Option<FileInfo?>("--out") { Description = "Also writes the executed notebook to this .ipynb file." };
        var limit = TimeLimitOption();
        var solutions = new Option<bool>("--solutions")
        {
            Description = "Builds the notebook from the episode and runs the solutions of its exercises too.",
        };
        var command = new Command("run", "Runs a lesson from top to bottom and writes an HTML report; exits with 1 when a cell fails.")
        {
            name,
            html,
            notebook,
            limit,
            solutions,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var lab = LabFolder.Find();
            var lesson = LessonCatalog.Find(lab, parsed.GetRequiredValue(name));
            var report = parsed.GetValue(html)?.FullName ?? ReportOf(lab, lesson);
            var options = new LessonRunOptions(
                report, parsed.GetValue(notebook)?.FullName, TimeSpan.FromSeconds(parsed.GetValue(limit)), parsed.GetValue(solutions));
            return LessonRunner.RunAsync(lesson, options, cancellation);
        });
        return command;
    }

    internal static Option<double> TimeLimitOption()
    {
        var limit = new Option<double>("--time-limit") { Description = "How many seconds one cell may run.", DefaultValueFactory = _ => 120 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and < 1_000_000))
            {
                result.AddError("--time-limit takes a number of seconds above 0.");
            }
        });
        return limit;
    }

    internal static string ReportOf(LabFolder lab, Lesson lesson) => Path.Combine(lab.Reports, lesson.Number + ".html");
}
