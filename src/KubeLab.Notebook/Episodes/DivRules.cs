using System.Text.RegularExpressions;

namespace KubeLab.Notebook.Episodes;

/// <summary>Blocks have names the Workbench knows, and predictions have ids of their own.</summary>
internal static partial class DivRules
{
    private static readonly string[] Known =
    [
        "callout", "caution", "challenge", "checklist", "discussion", "group-tab", "hint", "instructor", "keypoints", "objectives",
        "prereq", "questions", "solution", "spoiler", "tab", "testimonial",
    ];

    public static void Check(Episode episode, Action<int, string> report)
    {
        var predictions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var div in episode.Blocks.OfType<Div>().SelectMany(div => div.SelfAndInner()))
        {
            if (!Known.Contains(div.Name))
            {
                report(div.Line, $"'{div.Name}' is no block the Workbench knows; it has {string.Join(", ", Known)}");
            }

            if (div.Name is "group-tab" or "tab" && TabCount(div) < 2)
            {
                report(div.Line, "tabs are named by headings of level 3, and there are at least two: '### Simulator', '### Cloud (GKE)'");
            }

            if (div.IsPrediction)
            {
                CheckPrediction(episode, div, predictions, report);
            }
        }
    }

    private static int TabCount(Div div) =>
        EpisodeLint.TextLines(div.Children).Count(line => line.Text.StartsWith("### ", StringComparison.Ordinal));

    private static void CheckPrediction(Episode episode, Div div, HashSet<string> seen, Action<int, string> report)
    {
        if (div.Name != "callout")
        {
            report(div.Line, "write a prediction as '::: callout {.prediction #P05.1}', so that the Workbench shows it too");
        }

        if (div.Attributes.Id is not { } id || !PredictionId().IsMatch(id) || id[1..3] != episode.Number)
        {
            report(div.Line, $"a prediction has an id of this episode, such as '#P{episode.Number}.1'");
        }
        else if (!seen.Add(id))
        {
            report(div.Line, $"the id {id} is already taken by a prediction above");
        }
    }

    [GeneratedRegex(@"^P\d\d\.\d+$")]
    private static partial Regex PredictionId();
}
