using System.CommandLine;
using KubeLab.Lessons;
using KubeLab.Notebook.Episodes;

namespace KubeLab.Cli.Commands;

/// <summary><c>lab episodes lint</c>: names what to mend in the episodes, as <c>file:line: message</c>.</summary>
internal static class EpisodesLintCommand
{
    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE")
        {
            Description = "The episodes to look at. Default: all of episodes/.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("lint", "Names what to mend in the episodes, as file:line: message; exits with 1 if there is any.")
        {
            files,
        };
        command.SetAction(parsed => Run(parsed.GetValue(files) is { Length: > 0 } named ? [.. named.Select(Existing)] : All()));
        return command;
    }

    private static int Run(IReadOnlyList<string> paths)
    {
        var episodes = paths.Select(path => EpisodeParser.ParseFile(path, LabFolder.Shown(path))).ToList();
        var checks = ExerciseRegistry.All.Select(exercise => exercise.Id).ToHashSet(StringComparer.Ordinal);
        var problems = episodes.Zip(paths)
            .SelectMany(pair => EpisodeLint.Check(pair.First, checks, Path.GetDirectoryName(pair.Second)))
            .Concat(EpisodeLint.CheckCourse(episodes)).ToList();
        problems.ForEach(problem => Console.Error.WriteLine(problem));
        Console.WriteLine($"{episodes.Count} episodes, {problems.Count} problems");
        return problems.Count == 0 ? 0 : 1;
    }

    private static string Existing(FileInfo file) =>
        file.Exists ? file.FullName : throw new UsageException($"There is no file {file}.");

    private static IReadOnlyList<string> All() =>
        [.. LessonCatalog.All(LabFolder.Find()).Select(lesson => lesson.Episode).OfType<string>()];
}
