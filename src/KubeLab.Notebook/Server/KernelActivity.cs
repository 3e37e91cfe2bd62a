using System.Text.Json;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>What a kernel is doing, as its messages tell.</summary>
internal sealed class KernelActivity(TimeProvider time)
{
    /// <summary><c>starting</c>, <c>idle</c>, <c>busy</c>, <c>restarting</c> or <c>dead</c>.</summary>
    public string State { get; set; } = "starting";

    /// <summary>When it, or somebody who looks on, last did anything.</summary>
    public DateTimeOffset Last { get; private set; } = time.GetUtcNow();

    /// <summary>The header of the request whose cell runs; empty when none does.</summary>
    public JsonElement Running { get; private set; } = JsonText.EmptyObject;

    public void Touch() => Last = time.GetUtcNow();

    /// <summary>A new process takes over.</summary>
    public void Forget() => Running = JsonText.EmptyObject;

    /// <summary>Learns from what the kernel tells everybody; true when the work of a request has ended.</summary>
    public bool Look(JupyterMessage message)
    {
        Touch();
        if (message.Type == "execute_input")
        {
            Running = message.ParentHeader;
        }
        else if (message.Type == "status" && message.Content.Text("execution_state") is { } state)
        {
            State = state;
            if (state == "idle")
            {
                Running = Running.Text("msg_id") == message.ParentId ? JsonText.EmptyObject : Running;
                return true;
            }
        }

        return false;
    }
}
