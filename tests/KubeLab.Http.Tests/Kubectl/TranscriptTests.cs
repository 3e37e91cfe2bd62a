using System.Text;
using System.Text.RegularExpressions;
using KubeLab.Testing;

namespace KubeLab.Http.Tests.Kubectl;

/// <summary>What the lessons type, typed by the oldest and the newest kubectl of this machine against a served cluster whose time runs.</summary>
/// <remarks>The script's lines are commands, and below each what must be in its output: <c>&gt; a regular expression</c>, and <c>! CODE</c> for an exit code.</remarks>
public sealed class TranscriptTests
{
    private static readonly string Folder = SourceTree.PathOf("tests", "KubeLab.Http.Tests", "testdata");

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_commands_of_the_lessons_work(bool isNewest)
    {
        Skip.If(KubectlBinary.All.Count == 0, KubectlBinary.Missing);
        var kubectl = isNewest ? KubectlBinary.All[^1] : KubectlBinary.All[0];
        await using var served = await ServedCluster.StartAsync(speed: 60);
        using var home = new ServedHome(served);
        var failures = new StringBuilder();
        foreach (var step in Read(await File.ReadAllLinesAsync(Path.Combine(Folder, "transcript.txt"))))
        {
            var result = await home.RunAsync(kubectl, step.Line.Replace("FILES", Folder, StringComparison.Ordinal));
            var text = result.Output + result.Error;
            var missing = step.Expected.Where(e => !Regex.IsMatch(text, e, RegexOptions.Multiline)).ToList();
            if (missing.Count > 0 || result.ExitCode != step.ExitCode)
            {
                failures.AppendLine().AppendLine($"$ kubectl {step.Line}").AppendLine($"exit code {result.ExitCode}, expected {step.ExitCode}");
                missing.ForEach(m => failures.AppendLine($"missing: {m}"));
                failures.Append(text);
            }
        }

        Assert.True(failures.Length == 0, $"kubectl {kubectl.Version}{failures}");
    }

    private static IEnumerable<Step> Read(string[] lines)
    {
        Step? step = null;
        foreach (var line in lines.Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line.StartsWith("> ", StringComparison.Ordinal))
            {
                step!.Expected.Add(line[2..]);
            }
            else if (line.StartsWith("! ", StringComparison.Ordinal))
            {
                step!.ExitCode = int.Parse(line[2..], System.Globalization.CultureInfo.InvariantCulture);
            }
            else
            {
                if (step is not null)
                {
                    yield return step;
                }

                step = new Step(line);
            }
        }

        yield return step!;
    }

    private sealed class Step(string line)
    {
        public string Line { get; } = line;

        public List<string> Expected { get; } = [];

        public int ExitCode { get; set; }
    }
}
