using System.Diagnostics;

namespace KubeLab.Notebook.Tests.Cli;

/// <summary>Runs the <c>lab</c> command as a user would: as a process.</summary>
internal static class LabProcess
{
    public static (int Exit, string Output, string Errors) Run(string folder, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "lab.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CI"] = "true";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
