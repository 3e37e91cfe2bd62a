using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>Who looks on at a kernel: clients that are connected, and those whose connection broke in the middle of something and who may be back.</summary>
internal sealed class KernelClients(TimeProvider time)
{
    private readonly List<KernelSocket> sockets = [];
    private readonly List<AbsentClient> absent = [];

    /// <summary>How many are connected.</summary>
    public int Count => sockets.Count;

    /// <summary>A client has connected; one that is back after a broken connection is told what it missed, and gets the answers it waits for.</summary>
    public void Add(KernelSocket socket, PendingRequests pending)
    {
        if (sockets.Find(known => IsSame(known, socket)) is { } stale)
        {
            // It knows that its connection broke before this end does.
            Remove(stale, pending);
            stale.Close();
        }

        if (absent.Find(known => IsSame(known, socket)) is { } back)
        {
            absent.Remove(back);
            back.TellTo(socket);
            pending.Hand(back, socket);
        }

        sockets.Add(socket);
    }

    /// <summary>A connection has ended; if its client waits for answers, they are kept for it.</summary>
    public void Remove(KernelSocket socket, PendingRequests pending)
    {
        if (sockets.Remove(socket) && socket.Session.Length > 0 && pending.IsAwaitedBy(socket))
        {
            var stand = new AbsentClient(socket.Session, time.GetUtcNow());
            absent.Add(stand);
            pending.Hand(socket, stand);
        }
    }

    /// <summary>Sends to all.</summary>
    public void Broadcast(JupyterMessage message)
    {
        sockets.ForEach(socket => socket.Send(message));
        absent.RemoveAll(client => client.IsLost(time.GetUtcNow()));
        absent.ForEach(client => client.Send(message));
    }

    /// <summary>Ends all connections.</summary>
    public void Close() => sockets.ForEach(socket => socket.Close());

    private static bool IsSame(IKernelClient one, KernelSocket other) => one.Session.Length > 0 && one.Session == other.Session;
}
