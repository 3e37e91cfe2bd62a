using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Tests.Kernel;

public sealed class InterruptTests(ServedKernel kernel) : IClassFixture<ServedKernel>
{
    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("new System.Threading.ManualResetEventSlim().Wait();")]
    [InlineData("lock (new object()) { new System.Threading.SemaphoreSlim(0).Wait(); }")]
    [InlineData("Input(\"never answered\")")]
    [InlineData("while (true) { try { System.Threading.Thread.Sleep(50); } catch (Exception) { } }")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Select(i => { while (true) { } return i; })")]
    public async Task A_cell_without_end_is_stopped_and_what_it_set_is_kept(string code)
    {
        var request = await kernel.Client.SendCellAsync($"var set = 42;\nConsole.WriteLine(\"go\");\n{code}");
        await kernel.Client.PrintedAsync(request, "go");
        await kernel.InterruptAsync();
        var run = await kernel.Client.EndOfAsync(request, code);

        Assert.Equal(("error", "Interrupted"), (run.Status, run.Reply.Text("ename")));
        Assert.Equal("42", (await kernel.RunAsync("set")).Result);
    }

    [Fact]
    public async Task An_interrupt_when_nothing_runs_stops_nothing()
    {
        await kernel.InterruptAsync();

        Assert.Equal("2", (await kernel.RunAsync("1 + 1")).Result);
    }

    [Fact]
    public async Task Cells_that_wait_behind_an_interrupted_one_do_not_run()
    {
        var running = await kernel.Client.SendCellAsync("Console.WriteLine(\"go\"); while (true) { }");
        var waiting = await kernel.Client.SendCellAsync("Console.WriteLine(\"must not run\");");
        await kernel.Client.PrintedAsync(running, "go");
        await kernel.InterruptAsync();

        Assert.Equal("error", (await kernel.Client.EndOfAsync(running, "running")).Status);
        Assert.Equal("aborted", (await kernel.Client.EndOfAsync(waiting, "waiting")).Status);
    }

    [Fact]
    public async Task A_front_end_may_interrupt_by_message_too()
    {
        var running = await kernel.Client.SendCellAsync("Console.WriteLine(\"go\"); while (true) { }");
        await kernel.Client.PrintedAsync(running, "go");
        var interrupt = await kernel.Client.SendAsync("control", "interrupt_request", []);

        Assert.Equal("error", (await kernel.Client.EndOfAsync(running, "running")).Status);
        await kernel.Client.UntilAsync("interrupt_reply", all => all.Any(m => m.Type == "interrupt_reply" && m.ParentId == interrupt));
    }
}
