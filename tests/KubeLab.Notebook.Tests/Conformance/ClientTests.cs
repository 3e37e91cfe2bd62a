using System.Diagnostics;
using KubeLab.Notebook.Tests.Server;
using KubeLab.Testing;

namespace KubeLab.Notebook.Tests.Conformance;

/// <summary>The client library of JupyterLab and VS Code, unmodified, against the lab's server, with both forms of frames.</summary>
/// <seealso href="https://github.com/jupyterlab/jupyterlab/tree/main/packages/services">@jupyterlab/services</seealso>
public sealed class ClientTests(ServedLab lab) : IClassFixture<ServedLab>
{
    private const string Missing = "no client library for Node: npm ci in tests/KubeLab.Notebook.Tests/Conformance";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);
    private static readonly string Folder = SourceTree.PathOf("tests", "KubeLab.Notebook.Tests", "Conformance");
    private static readonly Lazy<bool> HasLibrary = new(() => Directory.Exists(Path.Combine(Folder, "node_modules", "@jupyterlab")) && Works("node", "--version"));

    [SkippableTheory]
    [InlineData("v1")]
    [InlineData("legacy")]
    public async Task Jupyters_own_client_works(string frames)
    {
        Skip.IfNot(HasLibrary.Value, Missing);
        await RunAsync("session.mjs", frames);
    }

    /// <summary>Debian's Jupyter Notebook 6 with the lab as its gateway, in a browser: a learner who has Jupyter needs no other page.</summary>
    [SkippableFact]
    public async Task Jupyters_classic_Notebook_runs_cells_through_its_gateway()
    {
        Skip.IfNot(HasLibrary.Value, Missing);
        Skip.IfNot(File.Exists("/usr/bin/jupyter-notebook"), "no classic Notebook: apt-get install jupyter-notebook");
        Skip.IfNot(File.Exists("/usr/bin/chromium"), "no browser: apt-get install chromium");
        await RunAsync("classic.mjs");
    }

    private async Task RunAsync(string script, params string[] more)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, script), lab.Server.Address.AbsoluteUri, lab.Token, .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        await using var killing = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        var complaints = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var report = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);

        Assert.True(process.ExitCode == 0 && report.TrimEnd().EndsWith("all ok", StringComparison.Ordinal), report + await complaints);
    }

    private static bool Works(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
