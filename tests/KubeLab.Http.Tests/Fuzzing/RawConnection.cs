using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace KubeLab.Http.Tests.Fuzzing;

/// <summary>A TLS connection over which any bytes can be sent, right or wrong.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly TcpClient socket;
    private readonly SslStream stream;

    private RawConnection(TcpClient socket, SslStream stream) => (this.socket, this.stream) = (socket, stream);

    public static async Task<RawConnection> OpenAsync(Uri address, CancellationToken cancellation)
    {
        var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, cancellation);

#pragma warning disable CA5359 // What is tested is what the server makes of odd bytes; its certificate is tested elsewhere.
        var stream = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, cancellation);
        return new RawConnection(socket, stream);
    }

    /// <summary>Sends bytes; false when the server has had enough already.</summary>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await stream.WriteAsync(bytes, cancellation);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Says that nothing more will be sent, and goes on reading.</summary>
    public async Task HalfCloseAsync()
    {
        try
        {
            await stream.ShutdownAsync();
        }
        catch (IOException)
        {
            // The server was faster.
        }
    }

    /// <summary>The next whole answer: status code, headers and body; null when the connection ends before one.</summary>
    public async Task<(int Code, string Type, byte[] Body)?> ReadAsync(CancellationToken cancellation)
    {
        var bytes = new List<byte>();
        var buffer = new byte[16 * 1024];
        var end = -1;
        try
        {
            while ((end = Text(bytes).IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
            {
                var count = await stream.ReadAsync(buffer, cancellation);
                if (count == 0)
                {
                    return null;
                }

                bytes.AddRange(buffer[..count]);
            }

            var head = Text(bytes)[..end].Split("\r\n");
            var body = bytes.GetRange(end + 4, bytes.Count - end - 4);
            var length = int.TryParse(Header(head, "content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
            while (body.Count < length)
            {
                var count = await stream.ReadAsync(buffer, cancellation);
                if (count == 0)
                {
                    return null;
                }

                body.AddRange(buffer[..count]);
            }

            return (int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture), Header(head, "content-type"), [.. body.Take(length)]);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        socket.Dispose();
    }

    private static string Text(List<byte> bytes) => Encoding.Latin1.GetString([.. bytes]);

    private static string Header(string[] head, string name) =>
        head.FirstOrDefault(h => h.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";
}
