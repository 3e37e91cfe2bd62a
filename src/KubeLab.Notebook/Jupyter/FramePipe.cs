using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace KubeLab.Notebook.Jupyter;

/// <summary>Messages over a stream between server and kernel: the length in four bytes, then a frame as on the WebSocket.</summary>
[SuppressMessage("Design", "CA2213", Justification = "A semaphore without a wait handle holds nothing, and late writers still take it.")]
internal sealed class FramePipe(Stream stream) : IDisposable
{
    private const int BytesMax = 512 << 20;
    private readonly SemaphoreSlim writing = new(1, 1);

    /// <summary>The next message, or null when the other end has closed. The thread waits for it.</summary>
    /// <remarks>
    /// A pipe on which all is waited for is read and written by plain blocking calls. Once something is awaited on it .NET makes its socket a non-blocking one, and whoever writes by
    /// <see cref="Write"/> what the pipe has no room for depends on being woken; under load a kernel was seen that was not, with an empty pipe.
    /// </remarks>
    public JupyterMessage? Read()
    {
        try
        {
            var head = new byte[sizeof(int)];
            stream.ReadExactly(head);
            var frame = new byte[Length(head)];
            stream.ReadExactly(frame);
            return WebSocketFrame.Read(frame);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The next message, or null when the other end has closed.</summary>
    public async Task<JupyterMessage?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var head = new byte[sizeof(int)];
            await stream.ReadExactlyAsync(head, cancellation).ConfigureAwait(false);
            var frame = new byte[Length(head)];
            await stream.ReadExactlyAsync(frame, cancellation).ConfigureAwait(false);
            return WebSocketFrame.Read(frame);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Sends a message; one that nobody reads any more is dropped.</summary>
    public void Write(JupyterMessage message)
    {
        var frame = Framed(message);
        writing.Wait();
        try
        {
            stream.Write(frame);
            stream.Flush();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The reader of the other direction notices the end and acts on it.
        }
        finally
        {
            writing.Release();
        }
    }

    /// <inheritdoc cref="Write"/>
    public async Task WriteAsync(JupyterMessage message, CancellationToken cancellation)
    {
        var frame = Framed(message);
        await writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await stream.WriteAsync(frame, cancellation).ConfigureAwait(false);
            await stream.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // As above.
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Closes the stream; who still writes finds it closed.</summary>
    public void Dispose() => stream.Dispose();

    private static int Length(ReadOnlySpan<byte> head)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        return length is >= 0 and <= BytesMax ? length : throw new FormatException($"a frame of {length} bytes");
    }

    private static byte[] Framed(JupyterMessage message)
    {
        var frame = WebSocketFrame.Write(message);
        var bytes = new byte[sizeof(int) + frame.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, frame.Length);
        frame.CopyTo(bytes.AsSpan(sizeof(int)));
        return bytes;
    }
}
