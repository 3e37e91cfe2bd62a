using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Http;

namespace KubeLab.KubectlText.Wire;

/// <summary>A process in a simulated container, reached without a connection.</summary>
internal sealed class MemoryProcess : IKubectlProcess, IContainerReader
{
    private readonly ProcessContent content;
    private List<(bool IsError, string Text)> arrived = [];

    public MemoryProcess(ProcessContent content, string? stdin)
    {
        this.content = content;
        if (content.Stream.Refusal is { } refusal)
        {
            OnEnd(ProcessEnd.Failure($"unable to upgrade connection: {refusal.Message}"));
            return;
        }

        content.Stream.ReadBy(this);
        if (stdin is not null)
        {
            content.Stream.Write(Encoding.UTF8.GetBytes(stdin));
            content.Stream.CloseInput();
        }
    }

    public Json? Result { get; private set; }

    public bool HasOutput => arrived.Count > 0;

    public IReadOnlyList<(bool IsError, string Text)> Read()
    {
        var taken = arrived;
        arrived = [];
        return taken;
    }

    public bool OnOutput(bool isError, ReadOnlyMemory<byte> data)
    {
        arrived.Add((isError, Encoding.UTF8.GetString(data.Span)));
        return true;
    }

    public void OnEnd(Status result)
    {
        // Over a connection the server wraps what the kubelet reports once more.
        var told = result.Reason == "InternalError" && content.Stream.Refusal is null ? ProcessEnd.Failure(result.Message ?? "") : result;
        Result = new Json(JsonNode.Parse(JsonSerializer.Serialize(told, ApiJson.Default.Status)));
    }

    public void Dispose() => content.Dispose();
}
