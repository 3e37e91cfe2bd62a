using System.ComponentModel;
using System.Diagnostics;
using KubeLab.KubectlText;
using KubeLab.KubectlText.CommandLine;

namespace KubeLab.Connected;

/// <summary>The kubectl that is installed on this machine, for commands that cells do not have: it reaches the same context by the same files.</summary>
internal sealed class InstalledKubectl(string? context)
{
    /// <summary>How long a command may take, in the wall's time.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Runs a line; null when there is no kubectl on the PATH.</summary>
    public KubectlOutput? Run(string line, string? stdin)
    {
        var words = ShellWords.Split(line);
        if (words is ["kubectl", ..])
        {
            words.RemoveAt(0);
        }

        var start = new ProcessStartInfo("kubectl")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        if (context is not null && !words.Contains("--context"))
        {
            start.ArgumentList.Add($"--context={context}");
        }

        words.ForEach(start.ArgumentList.Add);
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Write(stdin ?? "");
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                return new KubectlOutput([(true, $"error: kubectl did not end within {Limit.TotalMinutes} minutes and was stopped\n")], 1);
            }

            return new KubectlOutput([(false, output.GetAwaiter().GetResult()), (true, error.GetAwaiter().GetResult())], process.ExitCode);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
