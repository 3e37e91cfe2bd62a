using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Kernel;

/// <summary>The lines of a kernel: a cell offers targets, a front end opens lines to them.</summary>
/// <seealso href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages">Comms in Jupyter</seealso>
public sealed class KernelComms
{
    private static readonly ConcurrentDictionary<string, Action<KernelComm>> Targets = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, KernelComm> open = new(StringComparer.Ordinal);
    private readonly KernelSession session;

    internal KernelComms(KernelSession session)
    {
        this.session = session;
    }

    /// <summary>Offers <paramref name="target"/> to front ends.</summary>
    /// <param name="target">The name they ask for.</param>
    /// <param name="opened">Called between two cells when one opens a line; it sets what is to happen with messages.</param>
    public static void Offer(string target, Action<KernelComm> opened)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        ArgumentNullException.ThrowIfNull(opened);
        Targets[target] = opened;
    }

    internal JsonObject Info(string? target)
    {
        var comms = new JsonObject();
        foreach (var comm in open.Values.Where(c => target is null or "" || c.Target == target))
        {
            comms[comm.Id] = new JsonObject { ["target_name"] = comm.Target };
        }

        return new JsonObject { ["status"] = "ok", ["comms"] = comms };
    }

    internal void Handle(JupyterMessage message)
    {
        var id = message.Content.Text("comm_id") ?? "";
        var data = message.Content.Get("data") ?? JsonText.EmptyObject;
        switch (message.Type)
        {
            case "comm_open" when Targets.TryGetValue(message.Content.Text("target_name") ?? "", out var opened):
                var comm = new KernelComm(session, id, message.Content.Text("target_name")!);
                open[id] = comm;
                opened(comm);
                break;
            case "comm_open":
                // Nobody offers it: the protocol asks to close at once.
                session.Publish("comm_close", message.Header, new JsonObject { ["comm_id"] = id, ["data"] = new JsonObject() });
                break;
            case "comm_msg" when open.TryGetValue(id, out var addressed):
                addressed.Received?.Invoke(data);
                break;
            case "comm_close" when open.Remove(id, out var closed):
                closed.Closed?.Invoke();
                break;
        }
    }
}
