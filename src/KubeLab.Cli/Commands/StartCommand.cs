namespace KubeLab.Cli.Commands;

/// <summary><c>lab</c> alone: runs the first lesson and opens its report.</summary>
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

        var report = RunCommand.ReportOf(lab, lessons[0]);
        var options = new LessonRunOptions(report, null, TimeSpan.FromSeconds(120), IncludeSolutions: false);
        var exit = await LessonRunner.RunAsync(lessons[0], options, cancellation).ConfigureAwait(false);
        Browser.Open(report);
        return exit;
    }
}
