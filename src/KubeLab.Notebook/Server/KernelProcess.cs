using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipes;
using System.Text;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>One process that runs cells, seen from the server: the pipe to it, what it prints past the pipe, and its end.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Its end disposes what it holds, and comes by itself.")]
internal sealed class KernelProcess
{
    private const int TextMax = 64 * 1024;
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(3);
    private readonly Process process;
    private readonly FramePipe pipe;
    private readonly Task connected;
    private readonly CancellationTokenSource gone = new();
    private readonly StringBuilder errors = new();
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private IKernelEvents? events;

    private KernelProcess(Process process, NamedPipeServerStream stream)
    {
        this.process = process;
        pipe = new FramePipe(stream);
        connected = stream.WaitForConnectionAsync(gone.Token);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => gone.Cancel();
        _ = ForwardAsync(process.StandardOutput, "stdout");
        ErrorsRead = ForwardAsync(process.StandardError, "stderr");
        if (process.HasExited)
        {
            gone.Cancel();
        }
    }

    public int ProcessId => process.Id;

    public bool HasExited => process.HasExited;

    private Task ErrorsRead { get; }

    /// <summary>Starts the process; it connects by itself.</summary>
    /// <exception cref="ApiException">The program does not start.</exception>
    public static KernelProcess Launch(IReadOnlyList<string> command)
    {
        var name = "kubelab-" + MessageMaker.NewId();
        var stream = new NamedPipeServerStream(
            name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly, 1 << 16, 1 << 16);
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // A cell that takes memory without end gets an exception before the machine suffers.
        start.Environment.TryAdd("DOTNET_GCHeapHardLimitPercent", "4B");
        try
        {
            var process = Process.Start(start) ?? throw new Win32Exception("no process");
            process.StandardInput.Close();
            return new KernelProcess(process, stream);
        }
        catch (Win32Exception error)
        {
            stream.Dispose();
            throw new ApiException(500, $"the kernel's program '{command[0]}' does not start: {error.Message}");
        }
    }

    /// <summary>Makes it the kernel of a session; from now on <paramref name="listener"/> hears all.</summary>
    public void Begin(JupyterMessage start, IKernelEvents listener)
    {
        lock (gate)
        {
            events = listener;
        }

        _ = ListenAsync(start, listener);
    }

    /// <summary>Sends a message, once the process has connected and knows its session; one to a process that has ended is dropped.</summary>
    public async Task SendAsync(JupyterMessage message)
    {
        await begun.Task;
        await pipe.WriteAsync(message, CancellationToken.None);
    }

    /// <summary>Ends the process and what it started, at once.</summary>
    public void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    private async Task ListenAsync(JupyterMessage start, IKernelEvents listener)
    {
        try
        {
            await connected;
            await pipe.WriteAsync(start, CancellationToken.None);
            begun.TrySetResult();
            while (await pipe.ReadAsync(gone.Token) is { } message)
            {
                listener.OnMessage(this, message);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or FormatException)
        {
            // The process has ended, or says what cannot be understood: either way it is of no more use.
        }

        begun.TrySetResult();
        await EndAsync(listener);
    }

    private async Task EndAsync(IKernelEvents listener)
    {
        try
        {
            using var patience = new CancellationTokenSource(ExitPatience);
            await process.WaitForExitAsync(patience.Token);
            await ErrorsRead.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
        }

        string text;
        lock (gate)
        {
            text = errors.ToString();
        }

        pipe.Dispose();
        listener.OnEnded(this, new KernelEnding(process.HasExited ? process.ExitCode : -1, text));
    }

    /// <summary>What was written past the console of .NET: by the runtime as it dies, by native code, by processes that a cell started.</summary>
    private async Task ForwardAsync(StreamReader reader, string name)
    {
        var buffer = new char[4096];
        var forwarded = 0;
        while (await reader.ReadAsync(buffer) is > 0 and var count)
        {
            IKernelEvents? listener;
            lock (gate)
            {
                if (name == "stderr" && errors.Length < TextMax)
                {
                    errors.Append(buffer, 0, count);
                }

                listener = forwarded < TextMax ? events : null;
            }

            listener?.OnText(this, name, new string(buffer, 0, count));
            forwarded += count;
        }
    }
}
