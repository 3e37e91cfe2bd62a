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
        "| Declares | Cells | Managed | Resident | Median time of the last 50 cells | Slowest |\n|---|---:|---:|---:|---:|---:|");

    private static async Task MeasureAsync(int cells, int every, Func<string, Task<string?>> run)
    {
        var times = new List<double>();
        for (var i = 1; i <= cells; i++)
        {
            var code = i % every == 0 ? $"record Pod{i}(string Name, int Restarts); var pod{i} = new Pod{i}(\"web\", {i}); pod{i}" : $"Enumerable.Range(0, {i}).Sum() * 2";
            var watch = Stopwatch.StartNew();
            await run(code);
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (i == Window || i == 400 || (i % 250 == 0 && i >= 250))
            {
                await ReportAsync(every, i, times, run);
            }
        }
    }

    private static async Task ReportAsync(int every, int cells, List<double> times, Func<string, Task<string?>> run)
    {
        var answer = await run("GC.Collect(); GC.WaitForPendingFinalizers(); $\"{GC.GetTotalMemory(true) >> 20} {Environment.WorkingSet >> 20}\"");
        var memory = answer?.Split(' ') ?? [$"{GC.GetTotalMemory(forceFullCollection: true) >> 20}", $"{Environment.WorkingSet >> 20}"];
        var last = times.TakeLast(Window).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {(every == 1 ? "each cell" : $"one in {every}")} | {cells:N0} | {memory[0]} MB | {memory[1]} MB | {last[Window / 2]:0} ms | {last[^1]:0} ms |"));
    }
}
