using System.Globalization;
using System.Text.RegularExpressions;
using KubeLab.Notebook.Episodes;
using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Running;
using KubeLab.Testing;

namespace KubeLab.Episodes.Tests;

/// <summary>What lesson 14 says about a flash sale comes from the simulation: who changes a delay, changes the lesson's figures by that much.</summary>
public sealed partial class Episode14DelayTests
{
    private const string Opening = "Lab.Open(seed: 14)";

    [Fact]
    public async Task A_machine_that_boots_a_minute_later_delays_the_burst_by_a_minute_and_head_room_halves_it_either_way()
    {
        var (usual, slow) = (await SalesAsync(90, 40), await SalesAsync(150, 100));
        Assert.InRange(slow.Rehearsal - usual.Rehearsal, 45, 75);
        Assert.True(slow.Turned > usual.Turned * 1.2, $"{usual}\n{slow}");
        Assert.True(slow.Prepared < slow.Rehearsal / 2, slow.ToString());
        Assert.True(usual.Prepared < usual.Rehearsal / 2, usual.ToString());
    }

    private static async Task<Sales> SalesAsync(int provisioning, int boot)
    {
        var notebook = NotebookBuilder.Build(EpisodeParser.ParseFile(SourceTree.PathOf("episodes", "14-autoscaling.md"), "14-autoscaling.md"));
        var end = notebook.Cells.ToList().FindIndex(c => c.Source.Contains("lesson.Check(\"E14.1\"", StringComparison.Ordinal));
        var opening = $"Lab.Simulate(new KubeLab.Simulated.SimulationOptions {{ Seed = 14, MachineTimes = new(TimeSpan.FromSeconds({provisioning}), TimeSpan.FromSeconds({boot}), 0) }})";
        Assert.Contains(notebook.Cells, c => c.Source.Contains(Opening, StringComparison.Ordinal));
        var run = await NotebookRunner.RunAsync(
            notebook with { Cells = [.. notebook.Cells.Take(end).Select(c => c is CodeCell code ? code with { Source = code.Source.Replace(Opening, opening, StringComparison.Ordinal) } : c)] },
            new RunOptions { Folder = SourceTree.PathOf("notebooks") });
        Assert.True(run.Failure is null, run.Failure?.ToString());
        var text = string.Join('\n', run.Notebook.Cells.OfType<CodeCell>().SelectMany(c => c.Outputs).Select(o => o switch
        {
            StreamOutput stream => stream.Text,
            DisplayOutput display => display.Data["text/plain"] ?? "",
            ResultOutput result => result.Data["text/plain"] ?? "",
            _ => "",
        }));
        return new Sales(Number(Rehearsal(), text), Number(Prepared(), text), Number(Turned(), text));
    }

    private static double Number(Regex pattern, string text)
    {
        var match = pattern.Match(text);
        Assert.True(match.Success, $"{pattern}\n{text}");
        return double.Parse(match.Groups[1].Value, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"P14\.3: .*what happened: ""(\d+)""")]
    private static partial Regex Rehearsal();

    [GeneratedRegex(@"with two pods +(\d+) s")]
    private static partial Regex Prepared();

    [GeneratedRegex(@"without head-room +\d+ s +([\d,]+)")]
    private static partial Regex Turned();

    private sealed record Sales(double Rehearsal, double Prepared, double Turned);
}
