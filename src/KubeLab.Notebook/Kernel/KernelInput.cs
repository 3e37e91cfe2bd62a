using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Kernel;

/// <summary>Asks the person at the front end that sent the running cell.</summary>
internal sealed class KernelInput(KernelSession session)
{
    private readonly Lock gate = new();
    private TaskCompletionSource<string>? waiting;

    /// <summary>Asks, and waits on the cell's thread until an answer comes or the cell is interrupted.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public string Ask(JsonElement parent, string prompt, bool isPassword, CancellationToken interrupted)
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting = answer;
        }

        session.Send(Channels.Stdin, "input_request", parent, new JsonObject { ["prompt"] = prompt, ["password"] = isPassword });
        answer.Task.Wait(interrupted);
        return answer.Task.Result;
    }

    /// <summary>What was typed; dropped when nobody asked.</summary>
    public void Answer(string value)
    {
        lock (gate)
        {
            waiting?.TrySetResult(value);
            waiting = null;
        }
    }
}
