using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Http.Serving;
using KubeLab.Http.Streaming.Spdy;

namespace KubeLab.Http.Streaming;

/// <summary>The channels of <c>v4.channel.k8s.io</c> over SPDY, which kubectl spoke before 1.30: each is a stream that names itself.</summary>
internal sealed class SpdyChannels : IRemoteChannels
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);
    private readonly SpdyConnection connection;
    private readonly Dictionary<string, SpdyStream> streams = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> expected = ["error"];
    private readonly Task reading;
    private bool inputHasEnded;

    /// <summary>Begins to read; see <see cref="ReadyAsync"/>.</summary>
    public SpdyChannels(Stream transport, ProcessOptions options, CancellationToken cancellation)
    {
        connection = new SpdyConnection(transport);
        (string Name, bool IsWanted)[] all =
            [("stdin", options.Stdin), ("stdout", options.Stdout), ("stderr", options.Stderr && !options.Tty), ("resize", options.Tty)];
        expected.AddRange(all.Where(c => c.IsWanted).Select(c => c.Name));
        reading = ReadAsync(cancellation);
    }

    /// <summary>Waits until the client has opened all channels.</summary>
    public Task ReadyAsync(CancellationToken cancellation) => complete.Task.WaitAsync(Patience, TimeProvider.System, cancellation);

    /// <inheritdoc/>
    public Task SendAsync(bool isError, ReadOnlyMemory<byte> data, CancellationToken cancellation) =>
        streams.TryGetValue(isError ? "stderr" : "stdout", out var stream) ? stream.WriteAsync(data, cancellation) : Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> ReadInputAsync(CancellationToken cancellation)
    {
        if (!inputHasEnded && streams.TryGetValue("stdin", out var stream))
        {
            if (await stream.Reader.WaitToReadAsync(cancellation) && stream.Reader.TryRead(out var data))
            {
                return data;
            }

            inputHasEnded = true;
            return ReadOnlyMemory<byte>.Empty;
        }

        await reading.WaitAsync(cancellation);
        return null;
    }

    /// <inheritdoc/>
    public async Task FinishAsync(Status result, CancellationToken cancellation)
    {
        await streams["error"].EndAsync(EdgeStatus.Bytes(result), cancellation);
        foreach (var name in streams.Keys.Where(n => n is "stdout" or "stderr"))
        {
            await streams[name].EndAsync(default, cancellation);
        }

        await connection.GoAwayAsync(cancellation);
        try
        {
            // A connection that is closed while the client still reads loses what is on its way.
            await reading.WaitAsync(Goodbye, TimeProvider.System, cancellation);
        }
        catch (TimeoutException)
        {
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            await connection.ReadAsync(OnStream, cancellation);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or InvalidDataException or ObjectDisposedException)
        {
            // The client has gone, or speaks something else: both end the session.
        }
        finally
        {
            complete.TrySetCanceled(CancellationToken.None);
        }
    }

    private void OnStream(SpdyStream stream)
    {
        streams[stream.Headers.GetValueOrDefault("streamType", "")] = stream;
        if (expected.TrueForAll(streams.ContainsKey))
        {
            complete.TrySetResult();
        }
    }
}
