using System.Diagnostics;
using System.IO.Pipes;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Tests.Kernel;

/// <summary>What a cell shows may be larger than the pipe holds, and the server may be busy: the cell waits, and goes on.</summary>
public sealed class SlowReaderTests
{
    /// <summary>Time enough for the sink's timer to ask a hundred times for its turn.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task A_kernel_whose_server_reads_nothing_for_a_while_goes_on_when_it_reads_again()
    {
        var name = "kubelab-" + MessageMaker.NewId();
        await using var stream = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "lab.dll"), "kernel", name]);
        using var process = Process.Start(start)!;
        try
        {
            await stream.WaitForConnectionAsync();
            using var pipe = new FramePipe(stream);
            var maker = new MessageMaker(MessageMaker.NewId(), TimeProvider.System);
            var nowhere = Path.Combine(Path.GetTempPath(), "kubelab-no-such-folder");
            await pipe.WriteAsync(maker.Make(Channels.Lab, "start", JsonText.EmptyObject, new JsonObject { ["session"] = maker.Session, ["folder"] = nowhere }), CancellationToken.None);
            var cell = maker.Make(Channels.Shell, "execute_request", JsonText.EmptyObject, new JsonObject { ["code"] = "new string('x', 4_000_000)" });
            await pipe.WriteAsync(cell, CancellationToken.None);
            while ((await ReadAsync(pipe)).Type != "execute_input")
            {
            }

            await Task.Delay(Busy);
            var seen = new List<JupyterMessage>();
            while (seen.LastOrDefault()?.Content.Text("execution_state") != "idle")
            {
                seen.Add(await ReadAsync(pipe));
            }

            Assert.Contains(seen, message => message.Type == "execute_result" && message.Content.GetRawText().Length > 4_000_000);
            Assert.Contains(seen, message => message.Type == "execute_reply" && message.Content.Text("status") == "ok");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<JupyterMessage> ReadAsync(FramePipe pipe)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await pipe.ReadAsync(limit.Token) ?? throw new InvalidOperationException("the kernel has ended");
    }
}
