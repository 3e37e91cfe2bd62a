using System.Text.RegularExpressions;

namespace KubeLab.Notebook.Episodes;

/// <summary>Every challenge can be checked and has one solution; hints and solutions belong to a challenge.</summary>
internal static partial class ChallengeRules
{
    public static void Check(Episode episode, IReadOnlySet<string>? knownChecks, Action<int, string> report)
    {
        CheckPlaces(episode.Blocks, inChallenge: false, report);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var challenge in episode.Blocks.OfType<Div>().SelectMany(div => div.SelfAndInner()).Where(div => div.Name == "challenge"))
        {
            var solutions = challenge.Children.OfType<Div>().Where(div => div.Name == "solution").ToList();
            if (solutions.Count != 1)
            {
                report(
                    solutions.Count == 0 ? challenge.Line : solutions[1].Line,
                    $"a challenge has exactly one '::: solution' inside it, this one has {solutions.Count}");
            }

            CheckId(episode, challenge, knownChecks, seen, report);
        }
    }

    private static void CheckId(
        Episode episode, Div challenge, IReadOnlySet<string>? known, HashSet<string> seen, Action<int, string> report)
    {
        if (EpisodeLint.CheckId(challenge) is not { } id)
        {
            if (episode.Dialect == EpisodeDialect.Workbench)
            {
                report(challenge.Line, $"the challenge names no check: write '<!-- check: E{episode.Number}.1 -->' below its heading");
            }
        }
        else if (!Id().IsMatch(id.Text) || id.Text[1..3] != episode.Number)
        {
            report(id.Number, $"'{id.Text}' is no check of this episode: ids look like E{episode.Number}.1");
        }
        else if (!seen.Add(id.Text))
        {
            report(id.Number, $"the check {id.Text} already belongs to a challenge above");
        }
        else if (known is not null && !known.Contains(id.Text))
        {
            report(id.Number, $"no check {id.Text} is registered; registered for this episode: {Registered(episode, known)}");
        }
    }

    private static string Registered(Episode episode, IReadOnlySet<string> known)
    {
        var own = known.Where(id => id.StartsWith($"E{episode.Number}.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        return own.Count == 0 ? "none" : string.Join(", ", own);
    }

    private static void CheckPlaces(IEnumerable<EpisodeBlock> blocks, bool inChallenge, Action<int, string> report)
    {
        foreach (var div in blocks.OfType<Div>())
        {
            if (div.Name is "hint" or "solution" && !inChallenge)
            {
                report(div.Line, $"'::: {div.Name}' belongs inside a '::: challenge'; a fold elsewhere is '::: spoiler'");
            }

            CheckPlaces(div.Children, div.Name == "challenge", report);
        }
    }

    [GeneratedRegex(@"^E\d\d\.\d+$")]
    private static partial Regex Id();
}
