using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>The kernels that run, and the sessions that tie notebooks to them.</summary>
internal sealed class KernelRegistry(NotebookServerOptions options, KernelPool pool, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, RunningKernel> kernels = [];
    private readonly OrderedDictionary<string, NotebookSession> sessions = [];

    public IReadOnlyList<RunningKernel> Kernels
    {
        get
        {
            lock (gate)
            {
                return [.. kernels.Values];
            }
        }
    }

    public IReadOnlyList<NotebookSession> Sessions
    {
        get
        {
            lock (gate)
            {
                return [.. sessions.Values];
            }
        }
    }

    /// <exception cref="ApiException">There is no such kernel.</exception>
    public RunningKernel Kernel(string id)
    {
        lock (gate)
        {
            return kernels.GetValueOrDefault(id) ?? throw ApiException.NotFound($"Kernel does not exist: {id}");
        }
    }

    /// <exception cref="ApiException">There is no such session.</exception>
    public NotebookSession Session(string id)
    {
        lock (gate)
        {
            return sessions.GetValueOrDefault(id) ?? throw ApiException.NotFound($"Session not found: {id}");
        }
    }

    /// <summary>Starts a kernel whose cells run in <paramref name="folder"/>.</summary>
    /// <param name="name">The kernel spec; null takes the one there is.</param>
    /// <param name="folder">Where its cells run.</param>
    /// <param name="notebook">The path of its notebook, or null when nobody said which.</param>
    /// <exception cref="ApiException">There is no kernel of that name, or its program does not start.</exception>
    public RunningKernel StartKernel(string? name, string folder, string? notebook)
    {
        if (name is not (null or "" or Notebook.Kernel.KernelInfo.Name))
        {
            throw ApiException.NotFound($"No such kernel named {name}");
        }

        lock (gate)
        {
            var label = KernelLabel.Of(notebook, taken => kernels.Values.Any(k => k.Label == taken));
            var kernel = new RunningKernel(NewUuid(), folder, label, pool, time, options);
            kernel.Start();
            return kernels[kernel.Id] = kernel;
        }
    }

    public void EndKernel(string id)
    {
        var kernel = Kernel(id);
        lock (gate)
        {
            kernels.Remove(id);
            foreach (var session in sessions.Values.Where(s => s.KernelId == id).ToList())
            {
                sessions.Remove(session.Id);
            }
        }

        kernel.Shutdown();
    }

    /// <summary>The session of a notebook; the one there is, or a new one.</summary>
    public NotebookSession OpenSession(string path, string name, string type, Func<RunningKernel> kernel)
    {
        lock (gate)
        {
            if (sessions.Values.FirstOrDefault(s => s.Path == path) is { } existing && kernels.ContainsKey(existing.KernelId))
            {
                return existing;
            }
        }

        return Put(new NotebookSession(NewUuid(), path, name, type, kernel().Id));
    }

    public NotebookSession Put(NotebookSession session)
    {
        lock (gate)
        {
            foreach (var stale in sessions.Values.Where(s => s.Path == session.Path && s.Id != session.Id).ToList())
            {
                sessions.Remove(stale.Id);
            }

            return sessions[session.Id] = session;
        }
    }

    /// <summary>Ends a session, and its kernel unless another session uses it.</summary>
    public void EndSession(string id)
    {
        var session = Session(id);
        bool isLast;
        lock (gate)
        {
            sessions.Remove(id);
            isLast = kernels.ContainsKey(session.KernelId) && sessions.Values.All(s => s.KernelId != session.KernelId);
        }

        if (isLast)
        {
            EndKernel(session.KernelId);
        }
    }

    /// <summary>Ends the kernels that nobody is connected to and that have done nothing for the time given.</summary>
    public void Cull()
    {
        var now = time.GetUtcNow();
        foreach (var kernel in Kernels.Where(k => k.Connections == 0 && k.State != "busy" && now - k.LastActivity >= options.CullAfter))
        {
            options.Log?.Invoke($"kernel {kernel.Id}: ended, nobody has used it for {options.CullAfter}");
            EndKernel(kernel.Id);
        }
    }

    public void EndAll()
    {
        foreach (var kernel in Kernels)
        {
            EndKernel(kernel.Id);
        }
    }

    /// <summary>Clients expect ids in the form of a UUID.</summary>
    private static string NewUuid() => Guid.ParseExact(MessageMaker.NewId(), "N").ToString("D");
}
