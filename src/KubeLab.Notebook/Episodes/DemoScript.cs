using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace KubeLab.Notebook.Episodes;

/// <summary>
/// The demo of an episode, to be shown live: the <c>instructor</c> block that begins with <c>## Demo (5 min)</c>. Each <c>###</c> heading in it begins a step.
/// </summary>
/// <param name="Minutes">How long it takes; null when the heading does not say.</param>
/// <param name="Steps">The steps in order, at least one.</param>
/// <seealso href="https://carpentries.github.io/sandpaper-docs/component-guide.html#instructor-notes">Instructor notes in the Carpentries Workbench</seealso>
public sealed partial record DemoScript(int? Minutes, ImmutableArray<DemoStep> Steps)
{
    /// <summary>The demo of <paramref name="episode"/>, or null when it has none that can be shown step by step.</summary>
    public static DemoScript? Of(Episode episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        return BlocksOf(episode).Select(Read).FirstOrDefault(demo => demo.Steps.Length > 0);
    }

    /// <summary>The instructor blocks that begin with a heading "Demo".</summary>
    internal static IEnumerable<Div> BlocksOf(Episode episode) => Opened(episode, line => Heading().IsMatch(line));

    /// <summary>The instructor blocks that tell of a demo without the heading that begins one: nobody can play these.</summary>
    internal static IEnumerable<Div> ToldOf(Episode episode) => Opened(episode, line => Telling().IsMatch(line) && !Heading().IsMatch(line));

    /// <summary>The minutes in the heading of a demo's block, or null.</summary>
    internal static int? MinutesOf(Div block) =>
        Heading().Match(FirstLine((Prose)block.Children[0])).Groups["minutes"] is { Success: true } minutes ? int.Parse(minutes.ValueSpan, CultureInfo.InvariantCulture) : null;

    /// <summary>The title of the step that a line begins, or null.</summary>
    internal static string? StepTitle(string line) => HeadingRules.Level(line) == 3 ? line[4..].Trim() : null;

    private static DemoScript Read(Div block)
    {
        var reader = new DemoStepReader();
        foreach (var part in block.Children)
        {
            if (part is Prose prose)
            {
                // The block's own heading is the demo's name, and no step's words.
                var lines = prose.Text.Split('\n');
                reader.AddText(part == block.Children[0] ? lines[1..] : lines);
            }
            else if (part is CodeFence fence)
            {
                reader.AddFence(fence);
            }
        }

        return new DemoScript(MinutesOf(block), reader.End());
    }

    private static IEnumerable<Div> Opened(Episode episode, Func<string, bool> by) =>
        episode.Blocks.OfType<Div>().SelectMany(div => div.SelfAndInner())
            .Where(div => div.Name == "instructor" && div.Children is [Prose opening, ..] && by(FirstLine(opening)));

    private static string FirstLine(Prose prose) => prose.Text.Split('\n', 2)[0];

    [GeneratedRegex(@"^##\s+Demo\b(\s*\((?<minutes>\d{1,3}) min\)\s*$)?")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\W*Demo\b", RegexOptions.IgnoreCase)]
    private static partial Regex Telling();
}
