using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>A request that the kernel has not answered yet.</summary>
/// <param name="Client">Who asked.</param>
/// <param name="Request">What was asked.</param>
internal sealed record PendingRequest(IKernelClient Client, JupyterMessage Request)
{
    /// <summary>Answers in the kernel's place, so that no client waits for an answer that cannot come.</summary>
    public void Finish(MessageMaker maker, JsonObject reply, Action<JupyterMessage> broadcast)
    {
        var type = Request.Type.EndsWith("_request", StringComparison.Ordinal) ? Request.Type[..^"request".Length] + "reply" : Request.Type + "_reply";
        Client.Send(maker.Make(Request.Channel, type, Request.Header, reply));
        broadcast(maker.Make(Channels.IOPub, "status", Request.Header, new JsonObject { ["execution_state"] = "idle" }));
    }
}
