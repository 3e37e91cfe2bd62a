using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using KubeLab.Nodes.Stages;
using KubeLab.Simulation;
using KubeLab.Testing;

namespace KubeLab.Tests.Nodes.Stages;

public sealed class StageSetTests
{
    private static readonly StageSet Stages = StageSet.Load();

    public static TheoryData<string> Inputs() => [.. Directory.GetFiles(Folder(), "*.input.txt").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    // An input holds the first state and, line by line, the facts that hold from then on; the output is the walk through the stages.
    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_life_goes_through_the_stages_that_its_facts_choose(string input)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder(), input));
        var facts = lines.Skip(1).Aggregate(Facts.None, (all, line) => all | Enum.Parse<Facts>(line));
        var walk = Walk(Enum.Parse<LifeState>(lines[0]), facts);
        var output = Path.Combine(Folder(), input.Replace(".input.", ".output.", StringComparison.Ordinal));
        Golden.Compare(output, walk);
    }

    [Fact]
    public void Every_name_in_a_text_can_be_filled_in()
    {
        string[] known = ["image", "container", "pod", "namespace", "uid", "error", "back-off", "took", "waited", "size"];
        foreach (var stage in Stages.All)
        {
            Assert.All(stage.Events.SelectMany(e => e.Message.Names).Concat(stage.WaitingMessage?.Names ?? []), name => Assert.Contains(name, known));
        }
    }

    [Fact]
    public void Delays_stay_within_their_bounds()
    {
        var chance = new Randomness(3);
        foreach (var stage in Stages.All.Where(s => s.Delay.Kind != DelayKind.Computed))
        {
            for (var i = 0; i < 200; i++)
            {
                Assert.InRange(stage.Delay.Draw(chance).TotalSeconds, stage.Delay.Min, Math.Min(stage.Delay.Max, 1e6));
            }
        }
    }

    private static string Walk(LifeState state, Facts facts)
    {
        var text = new StringBuilder();
        var seen = new HashSet<LifeState>();
        while (seen.Add(state) && Stages.Match(state, facts) is { } stage)
        {
            var wait = stage.Delay.Kind switch
            {
                DelayKind.Zero => "at once",
                DelayKind.Computed => $"as {stage.Delay.Source} says",
                DelayKind.Uniform => string.Create(CultureInfo.InvariantCulture, $"in {stage.Delay.Min} to {stage.Delay.Max} s"),
                _ => string.Create(CultureInfo.InvariantCulture, $"in about {stage.Delay.Mean} s"),
            };
            text.Append(CultureInfo.InvariantCulture, $"{state} -> {stage.Next} {wait} ({stage.Name}){(stage.PostsStatus ? ", reported" : "")}\n");
            foreach (var e in stage.Events)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {(e.IsWarning ? "Warning" : "Normal")} {e.Reason}: {e.Message.Fill(name => $"<{name}>")}\n");
            }

            state = stage.Next;
        }

        return text.Append(CultureInfo.InvariantCulture, $"{state}\n").ToString();
    }

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "testdata", "stages");
}
