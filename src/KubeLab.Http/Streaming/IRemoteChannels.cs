using KubeLab.Api.Meta;

namespace KubeLab.Http.Streaming;

/// <summary>How a client and a process are connected: several channels over one connection, whatever carries them.</summary>
internal interface IRemoteChannels : IAsyncDisposable
{
    /// <summary>Sends output.</summary>
    Task SendAsync(bool isError, ReadOnlyMemory<byte> data, CancellationToken cancellation);

    /// <summary>The next piece of input; an empty one when the input ends, null when the client has gone.</summary>
    Task<ReadOnlyMemory<byte>?> ReadInputAsync(CancellationToken cancellation);

    /// <summary>Tells how the process ended, and says goodbye.</summary>
    Task FinishAsync(Status result, CancellationToken cancellation);
}
