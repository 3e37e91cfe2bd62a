namespace KubeLab.Notebook.Server;

/// <summary>Gives out kernels' processes, and keeps one warm for whoever comes next.</summary>
internal sealed class KernelPool(NotebookServerOptions options, TimeProvider time) : IDisposable
{
    /// <summary>The next one is warmed up only when the one just taken has had the machine for itself for a while.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(3);
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private KernelProcess? spare;

    /// <summary>Starts to warm one up.</summary>
    public void Prepare()
    {
        lock (gate)
        {
            if (options.HasSpareKernel && !stopping.IsCancellationRequested && spare is null or { HasExited: true })
            {
                spare = KernelProcess.Launch(options.KernelCommand);
            }
        }
    }

    /// <summary>The spare process, or a new one.</summary>
    /// <exception cref="ApiException">The program does not start.</exception>
    public KernelProcess Take()
    {
        KernelProcess? taken;
        lock (gate)
        {
            (taken, spare) = (spare, null);
        }

        if (options.HasSpareKernel)
        {
            _ = PrepareLaterAsync();
        }

        return taken is { HasExited: false } ? taken : KernelProcess.Launch(options.KernelCommand);
    }

    public void Dispose()
    {
        stopping.Cancel();
        lock (gate)
        {
            spare?.Kill();
            spare = null;
        }
    }

    private async Task PrepareLaterAsync()
    {
        try
        {
            await Task.Delay(Breath, time, stopping.Token);
            Prepare();
        }
        catch (Exception error) when (error is OperationCanceledException or ApiException)
        {
            // Without a spare the next kernel takes a little longer.
        }
    }
}
