using System.Diagnostics;
using System.Globalization;
using KubeLab.Notebook.Running;
using KubeLab.Notebook.Server;

namespace KubeLab.Benchmarks;

/// <summary>What a long session costs: memory, and time per cell, early and late. <c>-- session</c>, and <c>-- session-served LAB.DLL</c> through the whole server.</summary>
internal static class SessionTimes
{
    private const int Window = 50;

    /// <summary>In this process, without a server: the cells alone.</summary>
    public static async Task RunAsync(int cells)
    {
        Head();
        foreach (var every in new[] { 4, 1 })
        {
            using var session = new ScriptSession(AppContext.BaseDirectory);
            var number = 0;
            await MeasureAsync(cells, every, async code =>
            {
                await session.RunAsync(code, ++number, Timeout.InfiniteTimeSpan, CancellationToken.None);
                return null;
            });
        }
    }

    /// <summary>Over a WebSocket to a kernel of its own, as a page would.</summary>
    public static async Task RunServedAsync(string lab, int cells)
    {
        var folder = Directory.CreateTempSubdirectory("kubelab-session-");
        await using var server = await NotebookServer.StartAsync(
            new NotebookServerOptions { Folder = folder.FullName, KernelCommand = ["dotnet", lab, "kernel"], HasSpareKernel = false }, CancellationToken.None);
        Head();
        foreach (var every in new[] { 4, 1 })
        {
            await using var client = await SessionClient.StartAsync(server);
            await MeasureAsync(cells, every, client.RunAsync);
        }

        folder.Delete(recursive: true);
    }

    private static void Head() => Console.WriteLine(
        "| Declares something | Cells | Managed | Resident | Median time of the last 50 cells | Least | Processor time per cell since the row above |\n|---|---:|---:|---:|---:|---:|---:|");

    private static async Task MeasureAsync(int cells, int every, Func<string, Task<string?>> run)
    {
        var times = new List<double>();
        var (before, from) = (0.0, 0);
        for (var i = 1; i <= cells; i++)
        {
            var code = i % every == 0 ? $"record Pod{i}(string Name, int Restarts); var pod{i} = new Pod{i}(\"web\", {i}); pod{i}" : $"Enumerable.Range(0, {i}).Sum() * 2";
            var watch = Stopwatch.StartNew();
            await run(code);
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (i is 10 or 100 or 400 or 700 || i == cells)
            {
                var used = await ReportAsync(every, times, before, from, run);
                (before, from) = (used, i);
            }
        }
    }

    /// <summary>Prints a row; the processor time of the process so far, in milliseconds.</summary>
    private static async Task<double> ReportAsync(int every, List<double> times, double before, int from, Func<string, Task<string?>> run)
    {
        var answer = await run("GC.Collect(); GC.WaitForPendingFinalizers(); FormattableString.Invariant($\"{GC.GetTotalMemory(true) >> 20} {Environment.WorkingSet >> 20} {Environment.CpuUsage.TotalTime.TotalMilliseconds}\")");
        var words = answer?.Split(' ') ?? [
            $"{GC.GetTotalMemory(forceFullCollection: true) >> 20}", $"{Environment.WorkingSet >> 20}", string.Create(CultureInfo.InvariantCulture, $"{Environment.CpuUsage.TotalTime.TotalMilliseconds}")];
        var used = double.Parse(words[2], CultureInfo.InvariantCulture);
        var last = times.TakeLast(Window).Order().ToList();
        var cpu = from == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{(used - before) / (times.Count - from):0} ms");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {(every == 1 ? "each cell" : $"one cell in {every}")} | {times.Count:N0} | {words[0]} MB | {words[1]} MB | {last[last.Count / 2]:0} ms | {last[0]:0} ms | {cpu} |"));
        return used;
    }
}
