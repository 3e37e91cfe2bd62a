using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace KubeLab.Http.Tests.Kubectl;

/// <summary>A kubectl that is installed on this machine.</summary>
internal sealed record KubectlBinary(string Path, Version Version)
{
    /// <summary>Every version on the PATH: the one called kubectl and those beside it called <c>kubectl.1.27</c> and so on; oldest first.</summary>
    public static IReadOnlyList<KubectlBinary> All { get; } = Find();

    /// <summary>Why there is none.</summary>
    public const string Missing = "no kubectl on the PATH";

    /// <summary>Runs a line of arguments; nothing but <paramref name="kubeconfig"/> decides which cluster is meant.</summary>
    public async Task<KubectlResult> RunAsync(string line, string kubeconfig, string home, string? stdin = null, int secondsMax = 90)
    {
        using var process = Start(line, kubeconfig, home);
        await process.StandardInput.WriteAsync(stdin ?? "");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(secondsMax));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return new KubectlResult(await output, await error + "\n(killed: it did not end)", -1);
        }

        return new KubectlResult(await output, await error, process.ExitCode);
    }

    /// <summary>Starts it, for commands that go on until they are ended.</summary>
    public Process Start(string line, string kubeconfig, string home)
    {
        var start = new ProcessStartInfo(Path)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        Words(line).ForEach(start.ArgumentList.Add);
        start.Environment["KUBECONFIG"] = kubeconfig;
        start.Environment["HOME"] = home;
        start.Environment.Remove("KUBERNETES_SERVICE_HOST");
        return Process.Start(start)!;
    }

    /// <summary>Splits a line as a shell does, as far as the tests need it.</summary>
    public static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        foreach (var c in line)
        {
            if (quote != '\0' ? c == quote : c is '\'' or '"')
            {
                quote = quote == '\0' ? c : '\0';
            }
            else if (c == ' ' && quote == '\0')
            {
                words.Add(word.ToString());
                word.Clear();
            }
            else
            {
                word.Append(c);
            }
        }

        words.Add(word.ToString());
        words.RemoveAll(w => w.Length == 0);
        return words;
    }

    private static List<KubectlBinary> Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator).Where(Directory.Exists);
        var first = folders.Select(f => System.IO.Path.Combine(f, "kubectl")).FirstOrDefault(File.Exists);
        if (first is null)
        {
            return [];
        }

        var real = new FileInfo(first).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? first;
        string[] files = [first, .. Directory.GetFiles(System.IO.Path.GetDirectoryName(real)!, "kubectl.1.*")];
        return [.. files.Select(VersionOf).OfType<KubectlBinary>().DistinctBy(k => k.Version).OrderBy(k => k.Version)];
    }

    private static KubectlBinary? VersionOf(string path)
    {
        var start = new ProcessStartInfo(path, ["version", "--client", "-o", "json"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var at = text.IndexOf("\"gitVersion\": \"v", StringComparison.Ordinal);
        if (process.ExitCode != 0 || at < 0)
        {
            return null;
        }

        var parts = text[(at + 16)..].Split('.', 3);
        return new KubectlBinary(path, new Version(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture)));
    }
}

/// <summary>What a run printed, and how it ended.</summary>
internal sealed record KubectlResult(string Output, string Error, int ExitCode);
