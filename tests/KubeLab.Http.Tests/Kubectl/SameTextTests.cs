using System.Text;
using System.Text.RegularExpressions;
using KubeLab.KubectlText;
using KubeLab.Simulated;
using KubeLab.Testing;

namespace KubeLab.Http.Tests.Kubectl;

/// <summary>The kubectl of a notebook cell prints what the real one prints: two clusters of one seed, the same lines, byte for byte.</summary>
/// <remarks>
/// Absolute instants are made equal before comparing: they are the cluster's own in a cell and the wall's over a socket.
/// So are the names that <c>diff</c> gives its folders. Ages are not: they must agree. Two things are left out of the scripts because they have no one text: the order
/// of events of one instant (upstream's sort is not stable), and the order of <c>{..x}</c> (a Go map has none). An episode's <c>drain</c> is run by the cell's kubectl on both clusters: it asks again
/// every five seconds, which the real one counts by the wall.
/// </remarks>
public sealed partial class SameTextTests
{
    private static readonly string Folder = SourceTree.PathOf("tests", "KubeLab.Http.Tests", "testdata");

    public static TheoryData<string> Scripts => [.. Directory.GetFiles(Folder, "same-text*.txt").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Episodes => [.. Directory.GetFiles(SourceTree.PathOf("episodes"), "*.md")
        .Select(path => Path.GetFileName(path)).Where(name => char.IsAsciiDigit(name[0])).Order(StringComparer.Ordinal)];

    [SkippableTheory]
    [MemberData(nameof(Scripts))]
    public async Task A_cell_prints_what_kubectl_prints(string script) =>
        await Compare(
            (await File.ReadAllLinesAsync(Path.Combine(Folder, script))).Where(line => line.Length > 0 && line[0] != '#').Select(ReadStep),
            prepare: script == "same-text-autoscaling.txt" ? AutoscaledShop.Open : null);

    [SkippableTheory]
    [MemberData(nameof(Episodes))]
    public async Task Every_command_of_an_episode_prints_what_kubectl_prints(string episode)
    {
        var steps = EpisodeSteps.Of(await File.ReadAllTextAsync(SourceTree.PathOf("episodes", episode)));
        Skip.If(steps.Count == 0, "no kubectl in it");
        await Compare(steps, line => line.StartsWith("drain ", StringComparison.Ordinal));
    }

    private static async Task Compare(IEnumerable<TextStep> steps, Func<string, bool>? goesByTheWall = null, Action<SimulatedCluster>? prepare = null)
    {
        var kubectl = KubectlBinary.All.LastOrDefault(k => k.Version.Minor == 33);
        Skip.If(kubectl is null, "no kubectl 1.33 on the PATH, whose text the cells follow");
        await using var cell = await ServedCluster.StartAsync();
        await using var socket = await ServedCluster.StartAsync();
        if (prepare is not null)
        {
            await cell.On(prepare);
            await socket.On(prepare);
        }

        using var home = new ServedHome(socket);
        var differences = new StringBuilder();
        foreach (var step in steps)
        {
            if (step.Advance is { } time)
            {
                await cell.On(c => c.RunFor(time));
                await socket.On(c => c.RunFor(time));
                continue;
            }

            var before = await cell.On(c => c.Now);
            var ours = await cell.On(c => c.Kubectl(step.Line, step.Input));
            if (goesByTheWall?.Invoke(step.Line) == true)
            {
                await socket.On(c => c.Kubectl(step.Line, step.Input));
                continue;
            }

            var passed = await cell.On(c => c.Now) - before;
            var real = await RunAsync(home, socket, kubectl, step, passed);
            for (var again = 0; again < 3 && IsReading(step.Line) && passed == TimeSpan.Zero && !Same(real, ours); again++)
            {
                // Ages that a client computes go by the wall, which may have struck the next second on the way.
                real = await RunAsync(home, socket, kubectl, step, passed);
            }

            if (!Same(real, ours))
            {
                differences.Append(Difference(step.Line, real, ours));
            }
        }

        Assert.True(differences.Length == 0, differences.ToString());
    }

    /// <summary>Runs the real one; what a cell waited for, the cluster behind the socket lives through meanwhile, a second after the other.</summary>
    private static async Task<KubectlResult> RunAsync(ServedHome home, ServedCluster socket, KubectlBinary kubectl, TextStep step, TimeSpan passed)
    {
        await BeginningOfASecond();
        var watches = socket.Server.WatchesOpen;
        var run = home.RunAsync(kubectl, step.Line, step.Input);
        if (passed > TimeSpan.Zero)
        {
            await WatchingOrOver(socket, watches, run);
        }

        for (var second = TimeSpan.FromSeconds(1); passed > TimeSpan.Zero; passed -= second)
        {
            var part = passed < second ? passed : second;
            await socket.On(c => c.RunFor(part));
            await Task.WhenAny(run, Task.Delay(30));
        }

        return await run;
    }

    // What happens before the real one looks, it cannot tell of; how long it takes to begin depends on the machine.
    private static async Task WatchingOrOver(ServedCluster socket, int watches, Task run)
    {
        for (var tries = 0; tries < 1000 && socket.Server.WatchesOpen <= watches && !run.IsCompleted; tries++)
        {
            await Task.WhenAny(run, Task.Delay(20));
        }
    }

    private static bool Same(KubectlResult real, KubectlOutput ours) =>
        Plain(real.Output) == Plain(ours.StdOut) && Plain(real.Error) == Plain(ours.StdErr) && real.ExitCode == ours.ExitCode;

    private static bool IsReading(string line) => line.Split(' ')[0] is "get" or "describe" or "events" or "logs" or "top";

    /// <summary>A line of a script: <c>advance SECONDS</c>, or a command, with what it reads after <c>&lt;&lt;&lt;</c>.</summary>
    private static TextStep ReadStep(string line)
    {
        if (line.StartsWith("advance ", StringComparison.Ordinal))
        {
            return new TextStep("", null, TimeSpan.FromSeconds(int.Parse(line[8..], System.Globalization.CultureInfo.InvariantCulture)));
        }

        var parts = line.Replace("FILES", Folder, StringComparison.Ordinal)
            .Replace("MANIFESTS", SourceTree.PathOf("data", "manifests"), StringComparison.Ordinal).Split(" <<< ", 2);
        return new TextStep(parts[0], parts.Length == 2 ? parts[1] : null, null);
    }

    // Ages that the client computes go by the wall, which must not strike the next second between the answer and the print.
    private static Task BeginningOfASecond()
    {
        var millisecond = TimeProvider.System.GetUtcNow().Millisecond;
        return millisecond < 500 ? Task.CompletedTask : Task.Delay(1001 - millisecond);
    }

    // kubectl names itself as its file is called.
    private static string Plain(string text) => OwnName().Replace(DiffFolder().Replace(Instant().Replace(text, "INSTANT"), "$1"), "kubectl ");

    private static string Difference(string line, KubectlResult real, KubectlOutput ours) => $"""

        $ kubectl {line}
        --- kubectl (exit code {real.ExitCode})
        {Plain(real.Output + real.Error)}
        +++ cell (exit code {ours.ExitCode})
        {Plain(ours.StdOut + ours.StdErr)}
        """;

    [GeneratedRegex(@"kubectl\.1\.\d\d ")]
    private static partial Regex OwnName();

    [GeneratedRegex(@"/tmp/(LIVE|MERGED)-\d+")]
    private static partial Regex DiffFolder();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{9})? \+0000|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z|(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000")]
    private static partial Regex Instant();
}
