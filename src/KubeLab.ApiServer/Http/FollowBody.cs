using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Http;

/// <summary>A followed log in memory: kept until a reader comes, then handed over as it is written. It belongs to the clock's thread.</summary>
internal sealed class FollowBody : IPushedBody, IContainerReader
{
    private readonly List<ReadOnlyMemory<byte>> waiting = [];
    private readonly ContainerStream stream;
    private Action<ReadOnlyMemory<byte>>? onData;
    private Action? onEnd;

    public FollowBody(ContainerStream stream)
    {
        this.stream = stream;
        stream.ReadBy(this);
    }

    public bool IsEnded { get; private set; }

    public void ReadBy(Action<ReadOnlyMemory<byte>> onData, Action onEnd)
    {
        (this.onData, this.onEnd) = (onData, onEnd);
        waiting.ForEach(onData);
        waiting.Clear();
        if (IsEnded)
        {
            onEnd();
        }
    }

    public bool OnOutput(bool isError, ReadOnlyMemory<byte> data)
    {
        if (onData is null)
        {
            waiting.Add(data);
        }
        else
        {
            onData(data);
        }

        return true;
    }

    public void OnEnd(Status result)
    {
        IsEnded = true;
        onEnd?.Invoke();
    }

    public void Dispose()
    {
        IsEnded = true;
        stream.Dispose();
    }
}
