using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>Hears from a kernel's process, in order, on threads of the pool.</summary>
internal interface IKernelEvents
{
    /// <summary>The kernel says something.</summary>
    void OnMessage(KernelProcess process, JupyterMessage message);

    /// <summary>The process, or one it started, wrote to its standard streams.</summary>
    void OnText(KernelProcess process, string stream, string text);

    /// <summary>The process has ended; nothing comes after.</summary>
    void OnEnded(KernelProcess process, KernelEnding ending);
}
