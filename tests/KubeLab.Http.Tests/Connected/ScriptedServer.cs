using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KubeLab.Http.Tests.Connected;

/// <summary>An HTTP server that answers as a test says, for what a healthy cluster never does.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string?> answer;
    private readonly bool stalls;

    /// <summary>
    /// Starts; <paramref name="answer"/> maps the first line and headers of a request to a whole response, null leaves it waiting. One that
    /// <paramref name="stalls"/> leaves the connection open after what it said.
    /// </summary>
    public ScriptedServer(Func<string, string?> answer, bool stalls = false)
    {
        this.answer = answer;
        this.stalls = stalls;
        listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>A response with a JSON body.</summary>
    public static string Json(string status, string body, string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}Connection: close\r\n\r\n{body}";

    public void Dispose() => listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            var buffer = new byte[8192];
            var text = new StringBuilder();
            while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var count = await stream.ReadAsync(buffer);
                if (count == 0)
                {
                    return;
                }

                text.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }

            if (answer(text.ToString()) is { } response)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(response));
                if (!stalls)
                {
                    return;
                }
            }

            try
            {
                _ = await stream.ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: false);
            }
            catch (IOException)
            {
                // The client gave up.
            }
        }
    }
}
