using System.Text;
using System.Text.RegularExpressions;
using KubeLab.KubectlText;
using KubeLab.Testing;

namespace KubeLab.Http.Tests.Kubectl;

/// <summary>The kubectl of a notebook cell prints what the real one prints: two clusters of one seed, the same lines, byte for byte.</summary>
/// <remarks>
/// One thing is made equal before comparing: absolute instants, which are the cluster's own in a cell and the wall's over a socket.
/// Ages are not: they must agree.
/// </remarks>
public sealed partial class SameTextTests
{
    private static readonly string Script = SourceTree.PathOf("tests", "KubeLab.Http.Tests", "testdata", "same-text.txt");

    [SkippableFact]
    public async Task A_cell_prints_what_kubectl_prints()
    {
        var kubectl = KubectlBinary.All.LastOrDefault(k => k.Version.Minor == 33);
        Skip.If(kubectl is null, "no kubectl 1.33 on the PATH, whose text the cells follow");
        await using var cell = await ServedCluster.StartAsync();
        await using var socket = await ServedCluster.StartAsync();
        using var home = new ServedHome(socket);
        var differences = new StringBuilder();
        foreach (var line in (await File.ReadAllLinesAsync(Script)).Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line.StartsWith("advance ", StringComparison.Ordinal))
            {
                var time = TimeSpan.FromSeconds(int.Parse(line[8..], System.Globalization.CultureInfo.InvariantCulture));
                await cell.On(c => c.RunFor(time));
                await socket.On(c => c.RunFor(time));
                continue;
            }

            var command = line.Replace("FILES", Path.GetDirectoryName(Script), StringComparison.Ordinal);
            await BeginningOfASecond();
            var real = await home.RunAsync(kubectl, command);
            var ours = await cell.On(c => c.Kubectl(command));
            if (Plain(real.Output) != Plain(ours.StdOut) || Plain(real.Error) != Plain(ours.StdErr) || real.ExitCode != ours.ExitCode)
            {
                differences.Append(Difference(line, real, ours));
            }
        }

        Assert.True(differences.Length == 0, differences.ToString());
    }

    // Ages that the client computes go by the wall, which must not strike the next second between the answer and the print.
    private static Task BeginningOfASecond()
    {
        var millisecond = TimeProvider.System.GetUtcNow().Millisecond;
        return millisecond < 500 ? Task.CompletedTask : Task.Delay(1001 - millisecond);
    }

    private static string Plain(string text) => Instant().Replace(text, "INSTANT");

    private static string Difference(string line, KubectlResult real, KubectlOutput ours) => $"""

        $ kubectl {line}
        --- kubectl (exit code {real.ExitCode})
        {Plain(real.Output + real.Error)}
        +++ cell (exit code {ours.ExitCode})
        {Plain(ours.StdOut + ours.StdErr)}
        """;

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z|(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000")]
    private static partial Regex Instant();
}
