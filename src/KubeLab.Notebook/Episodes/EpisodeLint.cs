using System.Text.RegularExpressions;

namespace KubeLab.Notebook.Episodes;

/// <summary>Judges episodes by the course's rules, so that a lesson reads well here, in the Workbench, and in a screen reader.</summary>
public static partial class EpisodeLint
{
    /// <summary>The longest day of a course, in minutes of teaching and exercises.</summary>
    public const int MinutesPerDay = 360;

    /// <summary>Everything to mend in one episode, in order of lines; empty when it is in order.</summary>
    /// <param name="episode">The parsed episode.</param>
    /// <param name="knownChecks">The ids of all registered exercise checks; null when they are not known.</param>
    /// <param name="folder">The folder that figures are looked for in; null when files are not to be looked at.</param>
    public static IReadOnlyList<EpisodeProblem> Check(Episode episode, IReadOnlySet<string>? knownChecks = null, string? folder = null)
    {
        var problems = new List<EpisodeProblem>(episode.Problems);
        var report = (int line, string message) => problems.Add(new EpisodeProblem(episode.File, line, message));
        FrameRules.Check(episode, report);
        DivRules.Check(episode, report);
        ChallengeRules.Check(episode, knownChecks, report);
        HeadingRules.Check(episode.Blocks, report);
        FigureRules.Check(episode, folder, report);
        TargetRules.Check(episode, report);
        DemoRules.Check(episode, report);
        return [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Message, StringComparer.Ordinal).Distinct()];
    }

    /// <summary>Rules that hold between episodes: each number once, and no day longer than <see cref="MinutesPerDay"/>.</summary>
    /// <param name="episodes">The course in reading order; <c>start: true</c> in the front matter starts a day.</param>
    public static IReadOnlyList<EpisodeProblem> CheckCourse(IReadOnlyList<Episode> episodes)
    {
        var problems = new List<EpisodeProblem>();
        var minutes = 0;
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var episode in episodes)
        {
            if (episode.Number.Length > 0 && !seen.TryAdd(episode.Number, episode.File))
            {
                problems.Add(new EpisodeProblem(episode.File, 1, $"number {episode.Number} is already taken by {seen[episode.Number]}"));
            }

            var before = episode.StartsDay ? 0 : minutes;
            minutes = before + (episode.TeachingMinutes ?? 0) + (episode.ExerciseMinutes ?? 0);
            if (minutes > MinutesPerDay && before <= MinutesPerDay)
            {
                problems.Add(new EpisodeProblem(
                    episode.File,
                    1,
                    $"the day reaches {minutes} minutes here, more than {MinutesPerDay}: begin a day here with 'start: true' on top"));
            }
        }

        return problems;
    }

    /// <summary>All text of an episode, line by line, with the line's number in the file.</summary>
    internal static IEnumerable<SourceLine> TextLines(IEnumerable<EpisodeBlock> blocks)
    {
        foreach (var block in blocks)
        {
            var lines = block switch
            {
                Prose prose => prose.Text.Split('\n').Select((text, index) => new SourceLine(prose.Line + index, text)),
                Div div => TextLines(div.Children),
                _ => [],
            };
            foreach (var line in lines)
            {
                yield return line;
            }
        }
    }

    /// <summary>The check a challenge names in <c>&lt;!-- check: E05.1 --&gt;</c>, or null.</summary>
    internal static SourceLine? CheckId(Div challenge)
    {
        foreach (var line in TextLines(challenge.Children))
        {
            if (CheckComment().Match(line.Text) is { Success: true } match)
            {
                return new SourceLine(line.Number, match.Groups[1].Value);
            }
        }

        return null;
    }

    [GeneratedRegex(@"<!--\s*check:\s*(\S+?)\s*-->")]
    private static partial Regex CheckComment();
}
