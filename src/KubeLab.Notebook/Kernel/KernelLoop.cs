using System.Collections.Concurrent;
using System.Diagnostics;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Kernel;

/// <summary>One thread reads what comes, another works it off in order; what is urgent does not wait for its turn.</summary>
internal sealed class KernelLoop(FramePipe pipe, TimeProvider time, ICellObserver? observer) : IDisposable
{
    /// <summary>
    /// How long the reply of a failed cell waits for requests that were sent together with it: they are to be aborted, and are on their way.
    /// </summary>
    private static readonly TimeSpan AbortGrace = TimeSpan.FromMilliseconds(20);
    private readonly BlockingCollection<JupyterMessage> shell = [];
    private volatile KernelSession? session;

    /// <summary>Starts the reading thread, which ends the process when the server is gone.</summary>
    public void StartReading() => new Thread(Read) { IsBackground = true, Name = "kernel messages" }.Start();

    /// <summary>Works off requests, forever.</summary>
    public void Run()
    {
        var start = shell.Take();
        session = new KernelSession(pipe, new MessageMaker(start.Content.Text("session")!, time), start.Content.Text("folder")!, observer);
        observer?.Begin(start.Content.Text("label") ?? "");
        session.Begin(start.Header);
        foreach (var message in shell.GetConsumingEnumerable())
        {
            if (!session.Handle(message))
            {
                Abort(session);
            }
        }
    }

    public void Dispose() => shell.Dispose();

    private void Read()
    {
        while (pipe.Read() is { } message)
        {
            switch (message.Channel)
            {
                case Channels.Control when message.Type is "interrupt_request":
                    session?.Interrupt(message);
                    break;
                case Channels.Stdin:
                    session?.Answer(message);
                    break;
                default:
                    shell.Add(message);
                    break;
            }
        }

        // Without its server a kernel serves nobody, and a cell may be running that nothing else would end.
        Process.GetCurrentProcess().Kill();
    }

    /// <summary>Cells that were sent before the failure was known do not run; anything else does.</summary>
    private void Abort(KernelSession failed)
    {
        var waiting = new List<JupyterMessage>();
        while (shell.TryTake(out var next, AbortGrace))
        {
            waiting.Add(next);
        }

        failed.SendFailure();
        foreach (var message in waiting)
        {
            if (message.Type == "execute_request")
            {
                failed.Abort(message);
            }
            else if (!failed.Handle(message))
            {
                failed.SendFailure();
            }
        }
    }
}
