using System.Net;
using KubeLab.Notebook.Episodes;

namespace KubeLab.Cli;

/// <summary>The life of <c>lab demo</c>: the lab, opened at a lesson's demo.</summary>
internal static class DemoRun
{
    public static Task<int> RunAsync(LabFolder lab, Lesson lesson, int port, bool opens)
    {
        var demo = Find(lab, lesson);
        var page = $"#/demo/{lesson.Number}";
        return UpRun.RunAsync(
            lab.Root,
            IPAddress.Loopback,
            port,
            server => $"""
                The demo of lesson {lesson.Number}: {demo.Steps.Length} steps{(demo.Minutes is { } minutes ? $", {minutes} minutes" : "")}

                  for the room   {server.Url}{page}
                  your notes     {server.Url}{page}/notes

                Space goes on, the left arrow back, Home begins anew, in either window. Ctrl+C ends the lab.
                """,
            opens ? server => server.Url + page : null);
    }

    /// <exception cref="UsageException">The lesson has no demo; the message lists those that have.</exception>
    private static DemoScript Find(LabFolder lab, Lesson lesson)
    {
        if (DemoOf(lesson) is { } demo)
        {
            return demo;
        }

        var others = LessonCatalog.All(lab).Where(other => DemoOf(other) is not null).Select(other => other.Name).ToList();
        throw new UsageException($"Lesson {lesson.Name} has no demo. {(others.Count == 0 ? "No lesson has one yet." : $"Lessons with one: {string.Join(", ", others)}")}");
    }

    private static DemoScript? DemoOf(Lesson lesson) =>
        lesson.Episode is { } file ? DemoScript.Of(EpisodeParser.ParseFile(file, LabFolder.Shown(file))) : null;
}
