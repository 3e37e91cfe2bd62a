using System.Diagnostics;
using System.Text.Json;

namespace KubeLab.Cli.Grading;

/// <summary>Grades a notebook in a process of its own: what a learner's cell does to its process, it does to nobody else's grade.</summary>
internal static class GradingProcess
{
    public static async Task<NotebookGrade> GradeAsync(string path, TimeSpan timeLimit, CancellationToken cancellation)
    {
        var command = OwnProgram.CommandLine("check", "--json", "--time-limit", timeLimit.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture), path);
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return Read(output) ?? NotebookGrade.None(LabFolder.Shown(path), Died(process.ExitCode, await errors.ConfigureAwait(false)));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static NotebookGrade? Read(string output)
    {
        try
        {
            return JsonSerializer.Deserialize<IReadOnlyList<NotebookGrade>>(output, GradeJson.Options) is [var only] ? only : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Died(int code, string errors)
    {
        var first = errors.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0);
        return $"a cell ended the process (exit code {code}{(first is null ? "" : $": {first}")}), so nothing could be graded";
    }
}
