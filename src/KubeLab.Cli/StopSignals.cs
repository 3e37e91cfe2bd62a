using System.Runtime.InteropServices;

namespace KubeLab.Cli;

/// <summary>Ctrl+C and the signals that ask a program to end: the first asks, the second ends it at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int ExitAtOnce = 130;
    private readonly CancellationTokenSource stop = new();
    private readonly List<PosixSignalRegistration> registrations = [];

    public StopSignals()
    {
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    /// <summary>Cancelled when somebody asks to end.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>Asks to end, as a signal would.</summary>
    public void Stop() => stop.Cancel();

    public void Dispose()
    {
        registrations.ForEach(r => r.Dispose());
        stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (stop.IsCancellationRequested)
        {
            Environment.Exit(ExitAtOnce);
        }

        stop.Cancel();
    }
}
