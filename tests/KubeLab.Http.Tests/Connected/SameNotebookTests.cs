using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeLab.Notebook.Episodes;
using KubeLab.Testing;

namespace KubeLab.Http.Tests.Connected;

/// <summary>A notebook that says it runs on both targets gives the same outputs on a simulation in its own process and over a kubeconfig.</summary>
/// <remarks>
/// Both are run as people run them, by <c>lab run</c>. What may differ is named in <see cref="Inherent"/>, each with its reason, and nothing else may. Figures are
/// compared by their titles. Cells that say <c>only=simulated</c> are passed over on the kubeconfig.
/// </remarks>
public sealed partial class SameNotebookTests
{
    /// <summary>Ten seconds of the cluster's time in one of the wall's: cells wait in the former.</summary>
    private const int Speed = 10;

    /// <summary>What differs between two targets by their nature, and why.</summary>
    private static readonly (string Why, Regex What, string Instead)[] Inherent =
    [
        ("a cluster of another process tells in brackets how long a cell has waited; in a simulation no wait takes long enough", Waited(), ""),
        ("a cluster of another process goes on while it is looked at, so a cell sees the end of a wait a moment later", Instant(), "INSTANT"),
        ("the same for what is counted from an instant to now", Age(), "AGE"),
        ("and a pod that has just been made may be one step further when the next line of the cell looks at it", Starting(), "STARTING"),
        ("news come over a socket in bunches when the machine is busy, and deletions late: a dip that is over within a bunch is not seen", Dip(), "FEW ready"),
        ("nor is it by the prediction about that dip", ComparedDip(), "what happened: FEW"),
        ("a column is as wide as the longest age in it", Spaces(), " "),
        ("cells that only a simulation runs let twenty minutes pass there, and a figure's title says how long the lesson has taken so far", LabTime(), "(lab time)"),
    ];

    public static TheoryData<string> Names => [.. Directory.GetFiles(SourceTree.PathOf("episodes"), "*.md")
        .Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0]) && EpisodeParser.ParseFile(path).Targets.Contains("kubeconfig"))
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_targets_tell_the_same(string name)
    {
        var folder = Directory.CreateTempSubdirectory("kubelab-").FullName;
        try
        {
            var (simulated, real) = (Path.Combine(folder, "simulated.ipynb"), Path.Combine(folder, "real.ipynb"));
            var kubeconfig = Path.Combine(folder, "kubeconfig");
            var episode = SourceTree.PathOf("episodes", $"{name}.md");
            var seed = Seed().Match(File.ReadAllText(episode)).Groups[1].Value;
            Run($"run {name} --html {folder}/s.html --out {simulated}");
            using (LabProcess.Cluster(kubeconfig, $"--seed {seed} --speed {Speed}"))
            {
                Run($"run {name} --html {folder}/r.html --out {real} --time-limit 120", ("KUBELAB_TARGET", "kubeconfig:kubelab"), ("KUBECONFIG", kubeconfig));
            }

            var cells = Cells(simulated).Zip(Cells(real)).Where(pair => !pair.First.IsSimulatedOnly).ToList();
            Assert.True(cells.Count >= 10, $"{cells.Count} cells run on both targets");
            var differences = new StringBuilder();
            foreach (var (one, other) in cells.Where(pair => Plain(pair.First.Output) != Plain(pair.Second.Output)))
            {
                differences.Append($"\n{one.Source}\n--- simulated\n{Plain(one.Output)}\n+++ over the kubeconfig\n{Plain(other.Output)}\n");
            }

            Assert.True(differences.Length == 0, differences.ToString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(string arguments, params (string Name, string Value)[] variables)
    {
        var (code, printed) = LabProcess.Run(arguments, variables);
        Assert.True(code == 0, printed);
    }

    private static IEnumerable<Cell> Cells(string path) => JsonNode.Parse(File.ReadAllText(path))!["cells"]!.AsArray()
        .Where(cell => (string?)cell!["cell_type"] == "code")
        .Select(cell => new Cell(
            Text(cell!["source"]),
            string.Concat(cell["outputs"]!.AsArray().Select(OutputText)),
            (string?)cell["metadata"]?["kubelab"]?["only"] == "simulated"));

    private static string OutputText(JsonNode? output) => output!["data"] is { } data
        ? data["application/vnd.plotly.v1+json"] is null ? Text(data["text/plain"]) : Text(data["text/plain"]).Split('\n')[0]
        : Text(output["text"]);

    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonArray lines => string.Concat(lines.Select(line => (string?)line)),
        _ => node.ToString(),
    };

    private static string Plain(string text) => Inherent.Aggregate(text, (plain, difference) => difference.What.Replace(plain, difference.Instead));

    private sealed record Cell(string Source, string Output, bool IsSimulatedOnly);

    [GeneratedRegex(@"seed: (\d+)")]
    private static partial Regex Seed();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z|(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000")]
    private static partial Regex Instant();

    [GeneratedRegex(@"\b(\d+(\.\d+)?(d|h|ms|m|s))+\b")]
    private static partial Regex Age();

    [GeneratedRegex(@"\b(Pending|ContainerCreating)\b")]
    private static partial Regex Starting();

    [GeneratedRegex(@"(?<=never fewer than )\d+ ready")]
    private static partial Regex Dip();

    [GeneratedRegex(@"(?<=P08\.2: you predicted ""\d+""; )what happened: .*")]
    private static partial Regex ComparedDip();

    [GeneratedRegex(@" {2,}")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?m)^\[kubelab\] .*\n?")]
    private static partial Regex Waited();

    [GeneratedRegex(@"\(lab time [0-9:]+\)")]
    private static partial Regex LabTime();
}
