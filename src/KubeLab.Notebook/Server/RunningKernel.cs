using System.Text.Json;
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
    private readonly Action<string> log;
    private readonly Lock gate = new();
    private readonly List<KernelSocket> sockets = [];
    private readonly List<AbsentClient> absent = [];
    private readonly PendingRequests pending;
    private readonly SortedDictionary<string, KernelEndpoint> endpoints = new(StringComparer.Ordinal);
    private KernelProcess? process;
    private MessageMaker maker;
    private JsonElement current = JsonText.EmptyObject;
    private TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int deathsInARow;

    public RunningKernel(string id, string folder, KernelPool pool, TimeProvider time, Action<string> log)
    {
        Id = id;
        Folder = folder;
        this.pool = pool;
        this.time = time;
        this.log = log;
        LastActivity = time.GetUtcNow();
        maker = NewMaker();
        pending = new PendingRequests(Broadcast);
    }

    public string Id { get; }

    /// <summary>Where its cells run.</summary>
    public string Folder { get; }

    /// <summary><c>starting</c>, <c>idle</c>, <c>busy</c>, <c>restarting</c> or <c>dead</c>.</summary>
    public string State { get; private set; } = "starting";

    public DateTimeOffset LastActivity { get; private set; }

    public int Connections
    {
        get
        {
            lock (gate)
            {
                return sockets.Count;
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
                return [.. endpoints.Values];
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
            LastActivity = time.GetUtcNow();
            if (sockets.Find(known => IsSameClient(known, socket)) is { } stale)
            {
                // It knows that its connection broke before this end does.
                Leave(stale);
                stale.Close();
            }

            if (absent.Find(known => IsSameClient(known, socket)) is { } back)
            {
                absent.Remove(back);
                back.TellTo(socket);
                pending.Hand(back, socket);
            }

            sockets.Add(socket);
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Remove(KernelSocket socket)
    {
        lock (gate)
        {
            Leave(socket);
            LastActivity = time.GetUtcNow();
        }
    }

    /// <summary>Passes a client's message on.</summary>
    public Task ReceiveAsync(KernelSocket socket, JupyterMessage message)
    {
        KernelProcess? target;
        lock (gate)
        {
            LastActivity = time.GetUtcNow();
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
    public async Task RestartAsync(CancellationToken cancellation)
    {
        Task started;
        lock (gate)
        {
            Stop("the kernel was restarted");
            SetState("restarting");
            deathsInARow = 0;
            Replace();
            started = ready.Task;
        }

        await started.WaitAsync(StartPatience, time, cancellation);
    }

    /// <summary>Ends it for good.</summary>
    public void Shutdown()
    {
        lock (gate)
        {
            Stop("the kernel was shut down");
            SetState("dead");
            ready.TrySetException(new ApiException(409, "the kernel was shut down"));
            sockets.ForEach(socket => socket.Close());
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
                    NoteEndpoint(message);
                    break;
                case Channels.IOPub:
                    Look(message);
                    Broadcast(message);
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
                Broadcast(maker.Make(Channels.IOPub, "stream", current, new JsonObject { ["name"] = stream, ["text"] = text }));
            }
        }
    }

    void IKernelEvents.OnEnded(KernelProcess sender, KernelEnding ending)
    {
        lock (gate)
        {
            if (sender != process)
            {
                return;
            }

            var why = ending.Explain();
            log($"kernel {Id}: {why}");
            process = null;
            endpoints.Clear();
            pending.SayDeath(maker, current.Text("msg_id"), why);
            if (++deathsInARow >= DeathsMax)
            {
                SetState("dead");
                ready.TrySetException(new ApiException(500, $"the kernel does not start: {why}"));
                return;
            }

            SetState("restarting");
            try
            {
                Replace();
            }
            catch (ApiException error)
            {
                log($"kernel {Id}: {error.Message}");
                SetState("dead");
            }
        }
    }

    private void Stop(string why)
    {
        process?.Kill();
        process = null;
        endpoints.Clear();
        pending.RefuseAll(maker, why);
    }

    private void Replace()
    {
        maker = NewMaker();
        current = JsonText.EmptyObject;
        if (ready.Task.IsCompleted)
        {
            // Else somebody may still wait for it, through the death of a process that had just begun.
            ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        process = pool.Take();
        process.Begin(maker.Make(Channels.Lab, "start", JsonText.EmptyObject, new JsonObject { ["session"] = maker.Session, ["folder"] = Folder }), this);
    }

    private MessageMaker NewMaker() => new(MessageMaker.NewId(), time, "s");

    private void Look(JupyterMessage message)
    {
        LastActivity = time.GetUtcNow();
        if (message.Type == "execute_input")
        {
            current = message.ParentHeader;
        }
        else if (message.Type == "status" && message.Content.Text("execution_state") is { } state)
        {
            State = state;
            if (state == "idle")
            {
                // Not every message has a reply (those of comms have none), but each one's work ends.
                pending.Answered(message.ParentId);
                current = current.Text("msg_id") == message.ParentId ? JsonText.EmptyObject : current;
                ready.TrySetResult();
            }
        }
    }

    private void SetState(string state)
    {
        State = state;
        Broadcast(maker.Make(Channels.IOPub, "status", JsonText.EmptyObject, new JsonObject { ["execution_state"] = state }));
    }

    private void Broadcast(JupyterMessage message)
    {
        sockets.ForEach(socket => socket.Send(message));
        absent.ForEach(client => client.Send(message));
    }

    private void Leave(KernelSocket socket)
    {
        absent.RemoveAll(client => client.IsLost(time.GetUtcNow()));
        if (sockets.Remove(socket) && socket.Session.Length > 0 && pending.IsAwaitedBy(socket))
        {
            var stand = new AbsentClient(socket.Session, time.GetUtcNow());
            absent.Add(stand);
            pending.Hand(socket, stand);
        }
    }

    private static bool IsSameClient(IKernelClient one, KernelSocket other) => one.Session.Length > 0 && one.Session == other.Session;

    private void NoteEndpoint(JupyterMessage message)
    {
        var name = message.Content.Text("name") ?? "";
        if (message.Type == "endpoint_gone")
        {
            endpoints.Remove(name);
        }
        else if (message.Type == "endpoint" && Uri.TryCreate(message.Content.Text("url"), UriKind.Absolute, out var url) && url.IsLoopback)
        {
            endpoints[name] = new KernelEndpoint(Id, name, message.Content.Text("title") ?? name, url, message.Content.Text("token"));
        }
    }
}
