using System.Diagnostics;
using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Http.Tests.Kubectl;
using KubeLab.Testing;

namespace KubeLab.Http.Tests.Clients;

/// <summary>Runs scenarios of an official client library as a program of its own, and does for them what only the cluster's side can.</summary>
internal sealed class ClientProgram(string command, string script)
{
    private const string Done = "done";

    /// <summary>Where scenarios of all clients live.</summary>
    public static string Folder { get; } = SourceTree.PathOf("tests", "KubeLab.Http.Tests", "Clients");

    /// <summary>Whether <paramref name="command"/> runs and ends well.</summary>
    public static bool Works(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Runs a scenario in a namespace of its own; fails with what the program complained of.</summary>
    public async Task RunAsync(string scenario, ServedCluster served)
    {
        using var home = new ServedHome(served);
        var start = new ProcessStartInfo(command, [script, scenario, $"{Path.GetFileName(command)}-{scenario}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KUBECONFIG"] = home.Kubeconfig;
        start.Environment["HOME"] = home.Folder;
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var killing = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        var complaints = process.StandardError.ReadToEndAsync(limit.Token);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            await FulfilAsync(line, served);
            await process.StandardInput.WriteLineAsync(Done);
            await process.StandardInput.FlushAsync(limit.Token);
        }

        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{scenario} failed:\n{await complaints}");
    }

    private static Task FulfilAsync(string wish, ServedCluster served) => wish.Split(' ') switch
    {
        ["@advance", var seconds] => served.On(c => c.RunFor(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)))),
        ["@flood", var ns] => served.On(c =>
        {
            // All in one event of the clock, so that no reader can be fast enough.
            for (var i = 0; i < 100; i++)
            {
                c.Api.Create(new ConfigMap { Metadata = new() { Name = $"flood-{i}", Namespace = ns }, Data = StringMap.Of(("k", new string('x', 50_000))) });
            }
        }),
        _ => throw new InvalidOperationException($"the scenario printed {wish}"),
    };
}
