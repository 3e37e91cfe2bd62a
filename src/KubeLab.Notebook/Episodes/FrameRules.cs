using System.Text.RegularExpressions;

namespace KubeLab.Notebook.Episodes;

/// <summary>File name, front matter, and the three lists that every episode has.</summary>
internal static partial class FrameRules
{
    private static readonly string[] RequiredDivs = ["questions", "objectives", "keypoints"];

    public static void Check(Episode episode, Action<int, string> report)
    {
        if (!FileName().IsMatch(Path.GetFileName(episode.File)))
        {
            report(1, "name the file NN-slug.md: two digits, a dash, small letters, digits and dashes");
        }

        if (episode.Problems.Any(problem => problem.Message.StartsWith("the front matter", StringComparison.Ordinal)))
        {
            // Its content cannot be judged before it can be read.
            return;
        }

        if (episode.Title.Length == 0)
        {
            report(1, "the front matter has no title");
        }

        if (episode.TeachingMinutes is null)
        {
            report(1, "the front matter needs 'teaching:' with a whole number of minutes");
        }

        if (episode.ExerciseMinutes is null)
        {
            report(1, "the front matter needs 'exercises:' with a whole number of minutes");
        }

        if (episode.Dialect == EpisodeDialect.Jekyll)
        {
            CheckList(episode.Questions.Length, "questions", 1, report);
            CheckList(episode.Objectives.Length, "objectives", 1, report);
            CheckList(episode.KeyPoints.Length, "keypoints", 1, report);
        }
        else
        {
            CheckRequiredDivs(episode, report);
        }
    }

    private static void CheckRequiredDivs(Episode episode, Action<int, string> report)
    {
        foreach (var name in RequiredDivs)
        {
            var divs = episode.Blocks.OfType<Div>().Where(div => div.Name == name).ToList();
            if (divs.Count != 1)
            {
                report(divs.Count == 0 ? 1 : divs[1].Line, $"an episode has exactly one '::: {name}' block, here are {divs.Count}");
            }
        }

        CheckList(episode.Questions.Length, "questions", LineOf(episode, "questions"), report);
        CheckList(episode.Objectives.Length, "objectives", LineOf(episode, "objectives"), report);
        CheckList(episode.KeyPoints.Length, "keypoints", LineOf(episode, "keypoints"), report);

        var order = episode.Blocks.Select(block => (block as Div)?.Name).ToList();
        Expect(order.IndexOf("questions") is -1 or 0, "questions", "'::: questions' comes first, before any text");
        Expect(order.IndexOf("objectives") is -1 or 1, "objectives", "'::: objectives' comes second, right after the questions");
        Expect(order.IndexOf("keypoints") is -1 || order.IndexOf("keypoints") == order.Count - 1, "keypoints",
            "'::: keypoints' comes last");

        void Expect(bool holds, string name, string message)
        {
            if (!holds)
            {
                report(LineOf(episode, name), message);
            }
        }
    }

    private static int LineOf(Episode episode, string name) =>
        episode.Blocks.OfType<Div>().FirstOrDefault(div => div.Name == name)?.Line ?? 1;

    private static void CheckList(int count, string name, int line, Action<int, string> report)
    {
        if (count == 0)
        {
            report(line, $"the {name} are empty: write at least one list item '- …'");
        }
    }

    [GeneratedRegex(@"^\d\d-[a-z0-9]+(-[a-z0-9]+)*\.md$")]
    private static partial Regex FileName();
}
