using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Kernel;

/// <summary>A line between a cell's code and a part of the front end.</summary>
/// <seealso href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages">Comms in Jupyter</seealso>
public sealed class KernelComm
{
    private readonly KernelSession session;

    internal KernelComm(KernelSession session, string id, string target)
    {
        this.session = session;
        Id = id;
        Target = target;
    }

    /// <summary>The line's name, chosen by who opened it.</summary>
    public string Id { get; }

    /// <summary>What the front end asked for.</summary>
    public string Target { get; }

    /// <summary>Called with what the front end sends, a JSON object.</summary>
    public Action<JsonElement>? Received { get; set; }

    /// <summary>Called when the front end closes the line.</summary>
    public Action? Closed { get; set; }

    /// <summary>Sends <paramref name="data"/> to the front end.</summary>
    public void Send(JsonObject data)
    {
        ArgumentNullException.ThrowIfNull(data);
        session.Publish("comm_msg", JsonText.EmptyObject, new JsonObject { ["comm_id"] = Id, ["data"] = data.DeepClone() });
    }
}
