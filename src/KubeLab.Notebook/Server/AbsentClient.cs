using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>
/// Stands for a client whose connection broke while it waited for answers, and keeps what it misses until it is back: else a cell would run for ever on its page.
/// </summary>
/// <param name="session">The client's name for its connections; the one that comes with it again is the same client.</param>
/// <param name="since">When the connection broke.</param>
/// <seealso href="https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html">Jupyter Server buffers a kernel's messages in the same case</seealso>
internal sealed class AbsentClient(string session, DateTimeOffset since) : IKernelClient
{
    /// <summary>How long it is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What is shown by cells is kept up to this; answers and states always are.</summary>
    private const long OutputBytesMax = 32L << 20;
    private readonly List<JupyterMessage> missed = [];
    private long outputBytes;

    /// <inheritdoc/>
    public string Session => session;

    /// <summary>Whether it is given up at <paramref name="now"/>.</summary>
    public bool IsLost(DateTimeOffset now) => now - since > Patience;

    /// <inheritdoc/>
    public void Send(JupyterMessage message)
    {
        if (message.Channel == Channels.IOPub && message.Type is "stream" or "display_data" or "update_display_data" or "execute_result" or "comm_msg")
        {
            outputBytes += message.Content.GetRawText().Length;
            if (outputBytes > OutputBytesMax)
            {
                return;
            }
        }

        missed.Add(message);
    }

    /// <summary>Tells the client, back again, what it missed.</summary>
    public void TellTo(IKernelClient client) => missed.ForEach(client.Send);
}
