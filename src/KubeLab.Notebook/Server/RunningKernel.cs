using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>
/// One kernel as clients know it. Its process may be replaced (a restart, a death); its id, its clients and its notebook stay.
/// </summary>
internal sealed class RunningKernel : IKernelEvents
{
    private const int DeathsMax = 3;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private readonly KernelPool pool;
    private readonly TimeProvider time;
    private readonly NotebookServerOptions options;
    private readonly Lock gate = new();
    private readonly KernelClients clients;
    private readonly PendingRequests pending;
    private readonly KernelDoors doors;
    private readonly KernelActivity activity;
    private KernelProcess? process;
    private MessageMaker maker;
    private TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int deathsInARow;

    public RunningKernel(string id, string folder, string label, KernelPool pool, TimeProvider time, NotebookServerOptions options)
    {
        Id = id;
        Folder = folder;
        Label = label;
        this.pool = pool;
        this.time = time;
        this.options = options;
        doors = new KernelDoors(id);
        activity = new KernelActivity(time);
        maker = NewMaker();
        clients = new KernelClients(time);
        pending = new PendingRequests(clients.Broadcast);
    }

    public string Id { get; }

    /// <summary>Where its cells run.</summary>
    public string Folder { get; }

    /// <summary>See <see cref="KernelLabel"/>.</summary>
    public string Label { get; }

    /// <summary><c>starting</c>, <c>idle</c>, <c>busy</c>, <c>restarting</c> or <c>dead</c>.</summary>
    public string State => activity.State;

    public DateTimeOffset LastActivity => activity.Last;

    public int Connections
    {
        get
        {
            lock (gate)
            {
                return clients.Count;
            }
        }
    }

    /// <summary>The doors that code in the kernel has opened.</summary>
    public IReadOnlyList<KernelEndpoint> Endpoints
    {
        get
        {
            lock (gate)
            {
                return doors.All;
            }
        }
    }

    public JsonObject Model() => new()
    {
        ["id"] = Id,
        ["name"] = Kernel.KernelInfo.Name,
        ["last_activity"] = JupyterTime.Of(LastActivity),
        ["execution_state"] = State,
        ["connections"] = Connections,
    };

    /// <summary>Starts the process; requests that come before it is ready wait in it.</summary>
    public void Start()
    {
        lock (gate)
        {
            Replace();
        }
    }

    /// <summary>A client has connected; one that is back after a broken connection is told what it missed.</summary>
    public void Add(KernelSocket socket)
    {
        lock (gate)
        {
            clients.Add(socket, pending);
            activity.Touch();
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Remove(KernelSocket socket)
    {
        lock (gate)
        {
            clients.Remove(socket, pending);
            activity.Touch();
        }
    }

    /// <summary>Passes a client's message on.</summary>
    public Task ReceiveAsync(KernelSocket socket, JupyterMessage message)
    {
        KernelProcess? target;
        lock (gate)
        {
            activity.Touch();
            target = State == "dead" ? null : process;
            if (message.Channel is Channels.Shell or Channels.Control)
            {
                pending.Add(socket, message);
                if (target is null)
                {
                    pending.Refuse(maker, message.Id, "the kernel is dead: restart it");
                }
            }
            else if (message.Channel != Channels.Stdin)
            {
                return Task.CompletedTask;
            }
        }

        return target?.SendAsync(message) ?? Task.CompletedTask;
    }

    /// <summary>Asks the running cell to stop.</summary>
    public Task InterruptAsync()
    {
        KernelProcess? target;
        lock (gate)
        {
            target = process;
        }

        return target?.SendAsync(maker.Make(Channels.Control, "interrupt_request", JsonText.EmptyObject, new JsonObject())) ?? Task.CompletedTask;
    }

    /// <summary>Replaces the process by a fresh one, and returns when it answers.</summary>
    /// <exception cref="ApiException">The program does not start.</exception>
    public Task RestartAsync(CancellationToken cancellation) => Restart().WaitAsync(StartPatience, time, cancellation);

    /// <summary>Replaces the process by a fresh one; the task ends when that answers.</summary>
    public Task Restart()
    {
        lock (gate)
        {
            Stop("the kernel was restarted");
            SetState("restarting");
            deathsInARow = 0;
            TryReplace();
            return ready.Task;
        }
    }

    /// <summary>Answers a request in the kernel's place: what it asks for is the server's to do.</summary>
    public void Answer(KernelSocket socket, JupyterMessage request, JsonObject reply)
    {
        lock (gate)
        {
            activity.Touch();
            clients.Broadcast(maker.Make(Channels.IOPub, "status", request.Header, new JsonObject { ["execution_state"] = "busy" }));
            new PendingRequest(socket, request).Finish(maker, reply, clients.Broadcast);
        }
    }

    /// <summary>Ends it for good.</summary>
    public void Shutdown()
    {
        lock (gate)
        {
            Stop("the kernel was shut down");
            SetState("dead");
            ready.TrySetException(new ApiException(409, "the kernel was shut down"));
            clients.Close();
        }
    }

    void IKernelEvents.OnMessage(KernelProcess sender, JupyterMessage message)
    {
        lock (gate)
        {
            if (sender != process)
            {
                return;
            }

            switch (message.Channel)
            {
                case Channels.Lab:
                    doors.Note(message);
                    break;
                case Channels.IOPub:
                    if (activity.Look(message))
                    {
                        // Not every message has a reply (those of comms have none), but each one's work ends.
                        pending.Answered(message.ParentId);
                        ready.TrySetResult();
                    }

                    clients.Broadcast(message);
                    break;
                case Channels.Stdin:
                    pending.AskerOf(message.ParentId)?.Send(message);
                    break;
                default:
                    if (pending.Answered(message.ParentId) is { } asker)
                    {
                        deathsInARow = 0;
                        asker.Send(message);
                    }

                    break;
            }
        }
    }

    void IKernelEvents.OnText(KernelProcess sender, string stream, string text)
    {
        lock (gate)
        {
            if (sender == process)
            {
                clients.Broadcast(maker.Make(Channels.IOPub, "stream", activity.Running, new JsonObject { ["name"] = stream, ["text"] = text }));
            }
        }
    }

    void IKernelEvents.OnEnded(KernelProcess sender, KernelEnding ending)
    {
        GoOn(sender, ending);
        options.KernelEnded?.Invoke(sender.ProcessId);
    }

    private void GoOn(KernelProcess sender, KernelEnding ending)
    {
        lock (gate)
        {
            if (sender != process)
            {
                return;
            }

            var why = ending.Explain();
            options.Log?.Invoke($"kernel {Id}: {why}");
            process = null;
            doors.Clear();
            pending.SayDeath(maker, activity.Running.Text("msg_id"), why);
            if (++deathsInARow >= DeathsMax)
            {
                SetState("dead");
                ready.TrySetException(new ApiException(500, $"the kernel does not start: {why}"));
                return;
            }

            SetState("restarting");
            TryReplace();
        }
    }

    private void Stop(string why)
    {
        process?.Kill();
        process = null;
        doors.Clear();
        pending.RefuseAll(maker, why);
    }

    private void TryReplace()
    {
        try
        {
            Replace();
        }
        catch (ApiException error)
        {
            options.Log?.Invoke($"kernel {Id}: {error.Message}");
            SetState("dead");
            ready.TrySetException(error);
        }
    }

    private void Replace()
    {
        maker = NewMaker();
        activity.Forget();
        if (ready.Task.IsCompleted)
        {
            // Else somebody may still wait for it, through the death of a process that had just begun.
            ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        process = pool.Take();
        process.Begin(maker.Make(Channels.Lab, "start", JsonText.EmptyObject, new JsonObject { ["session"] = maker.Session, ["folder"] = Folder, ["label"] = Label }), this);
    }

    private MessageMaker NewMaker() => new(MessageMaker.NewId(), time, "s");

    private void SetState(string state)
    {
        activity.State = state;
        clients.Broadcast(maker.Make(Channels.IOPub, "status", JsonText.EmptyObject, new JsonObject { ["execution_state"] = state }));
    }
}
