using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime.Provisioning;

/// <summary>Gathers what comes in quick succession: a batch ends when nothing has come for a while, or when it has been open too long.</summary>
/// <remarks>Upstream: pkg/controllers/provisioning/batcher.go.</remarks>
internal sealed class Batcher(VirtualClock clock, TimeSpan idle, TimeSpan longest, Action batch)
{
    private DateTimeOffset? opened;
    private Scheduled? end;

    /// <summary>One more.</summary>
    public void Trigger()
    {
        opened ??= clock.Now;
        var limit = opened.Value + longest;
        var due = clock.Now + idle;
        end?.Cancel();
        end = clock.At(due < limit ? due : limit, Close);
    }

    /// <summary>Forgets the open batch.</summary>
    public void Stop()
    {
        end?.Cancel();
        (end, opened) = (null, null);
    }

    private void Close()
    {
        (end, opened) = (null, null);
        batch();
    }
}
