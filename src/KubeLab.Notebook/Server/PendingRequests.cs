using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>What a kernel was asked and has not answered yet, in the order in which it came; answered in its place when it cannot any more.</summary>
/// <param name="broadcast">Sends to everybody who looks on.</param>
internal sealed class PendingRequests(Action<JupyterMessage> broadcast)
{
    private readonly OrderedDictionary<string, PendingRequest> requests = [];

    public void Add(IKernelClient client, JupyterMessage message) => requests[message.Id] = new PendingRequest(client, message);

    /// <summary>Whether <paramref name="client"/> waits for an answer.</summary>
    public bool IsAwaitedBy(IKernelClient client) => requests.Values.Any(request => request.Client == client);

    /// <summary>Answers for <paramref name="from"/> go to <paramref name="to"/> from now on.</summary>
    public void Hand(IKernelClient from, IKernelClient to)
    {
        foreach (var (id, request) in requests.Where(r => r.Value.Client == from).ToList())
        {
            requests[id] = request with { Client = to };
        }
    }

    /// <summary>Who asked the request of that id; null when it is answered already.</summary>
    public IKernelClient? AskerOf(string? id) => requests.GetValueOrDefault(id ?? "")?.Client;

    /// <summary>Takes the request of that id off the list, and gives back who asked; null when it is answered already.</summary>
    public IKernelClient? Answered(string? id) => requests.Remove(id ?? "", out var request) ? request.Client : null;

    /// <summary>Answers one request: it will not be worked on.</summary>
    public void Refuse(MessageMaker maker, string id, string why)
    {
        if (requests.Remove(id, out var request))
        {
            Refuse(maker, request, why);
        }
    }

    /// <summary>Answers all: none will be worked on.</summary>
    public void RefuseAll(MessageMaker maker, string why)
    {
        foreach (var request in requests.Values)
        {
            Refuse(maker, request, why);
        }

        requests.Clear();
    }

    /// <summary>The process ended: the cell that ran is told why, and those that waited will not run.</summary>
    /// <param name="maker">Makes the answers.</param>
    /// <param name="running">The request that was worked on; null takes the first cell, which was about to run.</param>
    /// <param name="why">Why the process ended.</param>
    public void SayDeath(MessageMaker maker, string? running, string why)
    {
        var ran = running ?? requests.Values.FirstOrDefault(r => r.Request.Type == "execute_request")?.Request.Id;
        if (ran is not null && requests.Remove(ran, out var request))
        {
            string[] lines =
            [
                $"The kernel ended: {why}.",
                "   A new one starts now. Its variables are gone: run the cells from the top again.",
            ];
            var error = new JsonObject { ["ename"] = "KernelDied", ["evalue"] = why, ["traceback"] = new JsonArray([.. lines.Select(l => JsonValue.Create(l))]) };
            broadcast(maker.Make(Channels.IOPub, "error", request.Request.Header, error.DeepClone()));
            error["status"] = "error";
            error["execution_count"] = 0;
            request.Finish(maker, error, broadcast);
        }

        RefuseAll(maker, why);
    }

    private void Refuse(MessageMaker maker, PendingRequest request, string why) => request.Finish(
        maker,
        new JsonObject
        {
            ["status"] = request.Request.Type == "execute_request" ? "aborted" : "error",
            ["ename"] = "KernelDied",
            ["evalue"] = why,
            ["traceback"] = new JsonArray(),
        },
        broadcast);
}
