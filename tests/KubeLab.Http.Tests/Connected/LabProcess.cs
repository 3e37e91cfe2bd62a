using System.Diagnostics;
using System.Text;

namespace KubeLab.Http.Tests.Connected;

/// <summary>The <c>lab</c> command in a process of its own, as somebody else's program: it is reached through files and sockets only.</summary>
public sealed class LabProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly StringBuilder printed = new();

    private LabProcess(Process process) => this.process = process;

    /// <summary>Starts <c>lab cluster</c> and waits until it says that its nodes are ready.</summary>
    public static LabProcess Cluster(string kubeconfig, string options)
    {
        var lab = Start($"cluster --port 0 --kubeconfig {kubeconfig} {options}");
        var deadline = Stopwatch.StartNew();
        while (!lab.Printed.Contains("Ctrl+C stops it.", StringComparison.Ordinal))
        {
            if (lab.process.HasExited || deadline.Elapsed > StartLimit)
            {
                lab.Dispose();
                throw new InvalidOperationException($"lab cluster did not start:\n{lab.Printed}");
            }

            Thread.Sleep(100);
        }

        return lab;
    }

    /// <summary>Runs a command to its end; returns the exit code and what it printed.</summary>
    public static (int Code, string Printed) Run(string arguments, params (string Name, string Value)[] variables)
    {
        using var lab = Start(arguments, variables);
        lab.process.WaitForExit();
        return (lab.process.ExitCode, lab.Printed);
    }

    private string Printed
    {
        get
        {
            lock (printed)
            {
                return printed.ToString();
            }
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }

    private static LabProcess Start(string arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", $"{Path.Combine(AppContext.BaseDirectory, "lab.dll")} {arguments}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment.Remove("KUBECONFIG");
        start.Environment.Remove("KUBELAB_TARGET");
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var lab = new LabProcess(Process.Start(start)!);
        lab.process.OutputDataReceived += lab.Keep;
        lab.process.ErrorDataReceived += lab.Keep;
        lab.process.BeginOutputReadLine();
        lab.process.BeginErrorReadLine();
        return lab;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (printed)
        {
            printed.AppendLine(line.Data);
        }
    }
}
