using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Testing;

namespace KubeLab.Http.Tests.Kubectl;

/// <summary>What the lessons type, typed by every kubectl of this machine at the same time on one served cluster whose time runs, each in its own namespace.</summary>
/// <remarks>
/// The script's lines are commands, and below each what must be in its output: <c>&gt; a regular expression</c>, <c>! CODE</c> for an exit code, <c>? CODE</c>
/// for one that may be. A command that kubectl learnt later begins with <c>@ MINOR</c>, the version that has it. The oldest and the newest kubectl type all of it, the others what differs between versions and the streams.
/// </remarks>
public sealed class TranscriptTests
{
    private const int SecondsMax = 240;
    private static readonly string Folder = SourceTree.PathOf("tests", "KubeLab.Http.Tests", "testdata");

    [SkippableFact]
    public async Task Every_kubectl_does_what_the_lessons_type()
    {
        Skip.If(KubectlBinary.All.Count == 0, KubectlBinary.Missing);
        await using var served = await ServedCluster.StartAsync(speed: 60, workers: 4 + KubectlBinary.All.Count);
        var script = Read(await File.ReadAllLinesAsync(Path.Combine(Folder, "transcript.txt"))).ToList();
        Assert.True(script.Count >= 120, $"the script has {script.Count} commands");
        var failures = await Task.WhenAll(KubectlBinary.All.Select((kubectl, i) => TypeAsync(
            served, kubectl, i, kubectl == KubectlBinary.All[0] || kubectl == KubectlBinary.All[^1] ? script : script.Where(s => s.IsForAll).ToList())));
        Assert.True(failures.All(f => f.Length == 0), string.Concat(failures));
    }

    private static async Task<string> TypeAsync(ServedCluster served, KubectlBinary kubectl, int index, List<Step> script)
    {
        // Nobody else's pods come to the node that this kubectl closes and empties.
        var (ns, node) = ($"v{kubectl.Version.Minor}", $"workers-{5 + index}");
        await served.On(c =>
        {
            c.Api.Create(new Namespace { Metadata = new() { Name = ns } });
            var own = c.Api.Get<Node>("", node);
            c.Api.Update(own with { Spec = own.Spec with { Taints = [new Taint { Key = "own", Effect = "NoSchedule" }] } });
        });
        using var home = new ServedHome(served, ns);
        string Filled(string text) => text.Replace("FILES", Folder, StringComparison.Ordinal).Replace("HOME/", home.Folder + "/", StringComparison.Ordinal)
            .Replace("NODE", node, StringComparison.Ordinal).Replace("NS", ns, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(home.Folder, "pinned.yaml"), Filled(await File.ReadAllTextAsync(Path.Combine(Folder, "pinned.yaml"))));
        var failures = new StringBuilder();
        foreach (var step in script.Where(s => s.Since <= kubectl.Version.Minor))
        {
            var result = await kubectl.RunAsync(Filled(step.Line), home.Kubeconfig, home.Folder, step.Input, SecondsMax);
            var text = result.Output + result.Error;
            var missing = step.Expected.Select(Filled).Where(e => !Regex.IsMatch(text, e, RegexOptions.Multiline)).ToList();
            if (missing.Count > 0 || !step.ExitCodes.Contains(result.ExitCode))
            {
                failures.AppendLine().AppendLine($"$ kubectl.{kubectl.Version} {Filled(step.Line)}");
                failures.AppendLine($"exit code {result.ExitCode}, expected {string.Join(" or ", step.ExitCodes)}");
                missing.ForEach(m => failures.AppendLine($"missing: {m}"));
                failures.Append(text);
            }
        }

        return failures.ToString();
    }

    private static IEnumerable<Step> Read(string[] lines)
    {
        Step? step = null;
        foreach (var line in lines.Where(l => l.Length > 0 && l[0] != '#'))
        {
            switch (line[..2])
            {
                case "> ":
                    step!.Expected.Add(line[2..]);
                    break;
                case "! ":
                    step!.ExitCodes = [Number(line)];
                    break;
                case "? ":
                    step!.ExitCodes = [0, Number(line)];
                    break;
                case "| ":
                    step!.Input += line[2..] + "\n";
                    break;
                default:
                    if (step is not null)
                    {
                        yield return step;
                    }

                    var isForAll = line.StartsWith("* ", StringComparison.Ordinal);
                    var command = isForAll ? line[2..] : line;
                    var since = Regex.Match(command, @"^@ (\d+) ");
                    step = new Step(command[since.Length..], isForAll, since.Success ? int.Parse(since.Groups[1].Value, CultureInfo.InvariantCulture) : 0);
                    break;
            }
        }

        yield return step!;
    }

    private static int Number(string line) => int.Parse(line[2..], CultureInfo.InvariantCulture);

    private sealed class Step(string line, bool isForAll, int since)
    {
        /// <summary>The first minor version of kubectl that knows the command.</summary>
        public int Since { get; } = since;

        public string Line { get; } = line;

        public bool IsForAll { get; } = isForAll;

        public string? Input { get; set; }

        public List<string> Expected { get; } = [];

        public int[] ExitCodes { get; set; } = [0];
    }
}
