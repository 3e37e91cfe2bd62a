using System.Net;
using System.Net.Sockets;

namespace KubeLab.Http.Tests.Connected;

/// <summary>A cable between a client and a server that can be pulled and put back.</summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly Uri target;
    private readonly List<TcpClient> open = [];
    private TcpListener listener;

    public TcpRelay(Uri target)
    {
        this.target = target;
        listener = Listen(0);
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    /// <summary>Breaks all connections and refuses new ones.</summary>
    public void Pull()
    {
        listener.Stop();
        lock (open)
        {
            open.ForEach(c => c.Dispose());
            open.Clear();
        }
    }

    public void PutBack() => listener = Listen(Port);

    public void Dispose() => Pull();

    private TcpListener Listen(int port)
    {
        var listening = new TcpListener(IPAddress.Loopback, port);
        listening.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listening.Start();
        _ = AcceptAsync(listening);
        return listening;
    }

    private async Task AcceptAsync(TcpListener listening)
    {
        try
        {
            while (true)
            {
                var near = await listening.AcceptTcpClientAsync();
                var far = new TcpClient();
                await far.ConnectAsync(target.Host, target.Port);
                lock (open)
                {
                    open.Add(near);
                    open.Add(far);
                }

                _ = CopyAsync(near, far);
                _ = CopyAsync(far, near);
            }
        }
        catch (Exception pulled) when (pulled is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // That is what the relay is for.
        }
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception pulled) when (pulled is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The other end is told below.
        }

        from.Dispose();
        to.Dispose();
    }
}
