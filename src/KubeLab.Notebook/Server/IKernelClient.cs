using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>Who is told what a kernel says: a client that is connected, or what stands for one whose connection broke.</summary>
internal interface IKernelClient
{
    /// <summary>The name under which the client counts its connections.</summary>
    string Session { get; }

    /// <summary>Takes a message; the order of calls is the order in which the client reads them.</summary>
    void Send(JupyterMessage message);
}
