using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;
using KubeLab.Notebook.Tests.Server;

namespace KubeLab.Notebook.Tests.Kernel;

/// <summary>A cell can end its kernel's process; the lab notices, says why, and goes on with a new one.</summary>
public sealed class KernelDeathTests(ServedKernel kernel) : IClassFixture<ServedKernel>
{
    [Theory]
    [InlineData("Environment.Exit(3);", "the code ended the whole process with exit code 3 (Environment.Exit)")]
    [InlineData("int Down(int n) => Down(n + 1) + 1; Down(0)", "the stack overflowed: a method calls itself without end (Down)")]
    [InlineData("new System.Threading.Thread(() => throw new InvalidOperationException(\"astray\")).Start(); System.Threading.Thread.Sleep(-1);", "an exception on a thread of its own was not caught: System.InvalidOperationException: astray")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill(); System.Threading.Thread.Sleep(-1);", "it was killed from outside; when memory is short the operating system does that")]
    public async Task A_cell_that_ends_the_process_is_told_and_a_new_one_starts(string code, string why)
    {
        await kernel.RunAsync("var before = 1;");
        var deadly = await kernel.Client.SendCellAsync("Console.WriteLine(\"last words\");\n" + code);
        var waiting = await kernel.Client.SendCellAsync("Console.WriteLine(\"must not run\");");
        var run = await kernel.Client.EndOfAsync(deadly, code);

        Assert.Equal(("error", "KernelDied", why), (run.Status, run.Reply.Text("ename"), run.Reply.Text("evalue")));
        Assert.Contains("Its variables are gone: run the cells from the top again.", run.ErrorText, StringComparison.Ordinal);
        Assert.Equal("aborted", (await kernel.Client.EndOfAsync(waiting, "waiting")).Status);
        Assert.Equal("2", (await kernel.RunAsync("1 + 1")).Result);
        Assert.Equal("CS0103", (await kernel.RunAsync("before")).Reply.Text("ename"));
    }

    [Fact]
    public async Task A_kernel_killed_while_it_does_nothing_is_replaced_before_anybody_asks()
    {
        var id = int.Parse((await kernel.RunAsync("Environment.ProcessId")).Result!, CultureInfo.InvariantCulture);
        var before = kernel.Client.Seen.Count;
        using (var process = Process.GetProcessById(id))
        {
            process.Kill();
        }

        await kernel.Client.UntilAsync("restarting, then idle", all => States(all.Skip(before)) is [.., "restarting", "starting", "idle"]);
        Assert.NotEqual(id.ToString(CultureInfo.InvariantCulture), (await kernel.RunAsync("Environment.ProcessId")).Result);
    }

    [Fact]
    public async Task A_restart_forgets_all_and_answers_for_the_cell_that_ran()
    {
        await kernel.RunAsync("var before = 1;");
        var running = await kernel.Client.SendCellAsync("Console.WriteLine(\"go\"); while (true) { }");
        var waiting = await kernel.Client.SendCellAsync("1");
        await kernel.Client.PrintedAsync(running, "go");
        var session = kernel.Client.Seen[^1].Header.Text("session");

        var (status, model) = await kernel.Lab.AskAsync("POST", $"/api/kernels/{kernel.Client.Kernel}/restart");

        Assert.Equal((HttpStatusCode.OK, kernel.Client.Kernel), (status, (string?)model!["id"]));
        Assert.Equal("aborted", (await kernel.Client.EndOfAsync(running, "running")).Status);
        Assert.Equal("aborted", (await kernel.Client.EndOfAsync(waiting, "waiting")).Status);
        var after = await kernel.RunAsync("1 + 1");
        Assert.Equal("2", after.Result);
        Assert.Equal(1, after.Reply.Number("execution_count", 0));
        Assert.NotEqual(session, after.Messages[^1].Header.Text("session"));
        Assert.Equal("CS0103", (await kernel.RunAsync("before")).Reply.Text("ename"));
    }

    [Fact]
    public async Task A_kernel_that_is_shut_down_takes_its_process_and_connections_along()
    {
        await using var client = await KernelClient.StartAsync(kernel.Lab);
        var id = int.Parse((await client.RunAsync("Environment.ProcessId")).Result!, CultureInfo.InvariantCulture);
        var running = await client.SendCellAsync("Console.WriteLine(\"go\"); while (true) { }");
        await client.PrintedAsync(running, "go");

        Assert.Equal(HttpStatusCode.NoContent, (await kernel.Lab.AskAsync("DELETE", $"/api/kernels/{client.Kernel}")).Status);

        await client.UntilClosedAsync();
        Assert.Equal("aborted", (await client.EndOfAsync(running, "running")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await kernel.Lab.AskAsync("GET", $"/api/kernels/{client.Kernel}")).Status);
        Assert.True(await EndsAsync(id));
    }

    [Theory]
    [InlineData(Channels.Control)]
    [InlineData(Channels.Shell)]
    public async Task A_client_that_asks_for_a_shutdown_before_a_restart_is_answered_and_the_kernel_begins_anew_even_out_of_an_endless_loop(string channel)
    {
        await kernel.RunAsync("var before = 1;");
        var running = await kernel.Client.SendCellAsync("Console.WriteLine(\"go\"); while (true) { }");
        await kernel.Client.PrintedAsync(running, "go");

        var reply = await kernel.Client.AskAsync("shutdown_request", new JsonObject { ["restart"] = true }, channel);

        Assert.Equal(("ok", true), (reply.Text("status"), reply.Flag("restart", false)));
        Assert.Equal("aborted", (await kernel.Client.EndOfAsync(running, "running")).Status);
        Assert.Equal("CS0103", (await kernel.RunAsync("before")).Reply.Text("ename"));
    }

    [Fact]
    public async Task A_client_that_asks_for_a_final_shutdown_is_answered_and_the_kernel_is_gone()
    {
        await using var client = await KernelClient.StartAsync(kernel.Lab);
        var id = int.Parse((await client.RunAsync("Environment.ProcessId")).Result!, CultureInfo.InvariantCulture);

        var reply = await client.AskAsync("shutdown_request", [], Channels.Control);

        Assert.Equal(("ok", false), (reply.Text("status"), reply.Flag("restart", true)));
        await client.UntilClosedAsync();
        Assert.Equal("dead", States(client.Seen)[^1]);
        Assert.Equal(HttpStatusCode.NotFound, (await kernel.Lab.AskAsync("GET", $"/api/kernels/{client.Kernel}")).Status);
        Assert.True(await EndsAsync(id));
    }

    [Fact]
    public async Task When_the_server_ends_no_kernel_stays()
    {
        var lab = new ServedLab();
        await lab.InitializeAsync();
        await using var client = await KernelClient.StartAsync(lab);
        var id = int.Parse((await client.RunAsync("Environment.ProcessId")).Result!, CultureInfo.InvariantCulture);
        await client.SendCellAsync("while (true) { }");
        await lab.DisposeAsync();

        Assert.True(await EndsAsync(id));
    }

    private static List<string?> States(IEnumerable<JupyterMessage> messages) =>
        [.. messages.Where(m => m.Type == "status").Select(m => m.Content.Text("execution_state"))];

    private static async Task<bool> EndsAsync(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
