using System.IO.Pipes;
using KubeLab.Notebook.Jupyter;
using KubeLab.Notebook.Running;

namespace KubeLab.Notebook.Kernel;

/// <summary>The program of a kernel's process: it connects to the server that started it, warms up, and runs cells until the server is gone.</summary>
/// <remarks>
/// Messages travel over a named pipe of the same user and not over the standard streams, so that nothing a cell prints, and no process it
/// starts, can garble them.
/// </remarks>
public static class KernelProgram
{
    /// <summary>Runs until the server closes the pipe.</summary>
    /// <param name="pipeName">The pipe that the server listens on.</param>
    /// <param name="observer">Who is told when cells run; null when nobody wants to know. The caller's to dispose.</param>
    /// <param name="warmUp">Cells to run beforehand in a session of their own, so that the first real cell finds everything compiled.</param>
    /// <returns>The exit code of the process.</returns>
    public static int Run(string pipeName, ICellObserver? observer, params IReadOnlyList<string> warmUp)
    {
        ArgumentNullException.ThrowIfNull(warmUp);
        using var stream = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        try
        {
            stream.Connect(TimeSpan.FromSeconds(10));
        }
        catch (Exception error) when (error is TimeoutException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"No server of the lab listens on '{pipeName}': kernels are started by `lab up`.");
            return 1;
        }

        using var pipe = new FramePipe(stream);
        using var kernel = new KernelLoop(pipe, TimeProvider.System, observer);
        kernel.StartReading();
        WarmUp(observer, warmUp);
        kernel.Run();
        return 0;
    }

    private static void WarmUp(ICellObserver? observer, IReadOnlyList<string> cells)
    {
        using var session = new ScriptSession(AppContext.BaseDirectory);
        for (var i = 0; i < cells.Count; i++)
        {
            session.RunAsync(cells[i], i + 1, TimeSpan.FromSeconds(30), CancellationToken.None).GetAwaiter().GetResult();
        }

        observer?.WarmUp(session.Variables());
    }
}
