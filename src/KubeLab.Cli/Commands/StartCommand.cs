namespace KubeLab.Cli.Commands;

/// <summary><c>lab</c> alone: runs the lesson to begin with and opens its report.</summary>
internal static class StartCommand
{
    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var lab = LabFolder.Find();
        var lessons = LessonCatalog.All(lab);
        if (lessons.Count == 0)
        {
            throw new UsageException(LessonCatalog.Listing(lessons));
        }

        var lesson = LessonCatalog.ToBeginWith(lessons);
        var report = RunCommand.ReportOf(lab, lesson);
        var options = new LessonRunOptions(report, null, TimeSpan.FromSeconds(120), IncludeSolutions: false);
        var exit = await LessonRunner.RunAsync(lesson, options, cancellation).ConfigureAwait(false);
        Browser.Open(report);
        return exit;
    }
}
