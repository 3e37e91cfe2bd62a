namespace KubeLab.Simulation;

/// <summary>An action that returns on a <see cref="VirtualClock"/> at a fixed period until it is cancelled.</summary>
public sealed class Repeating
{
    private readonly VirtualClock clock;
    private readonly TimeSpan period;
    private readonly Action action;
    private Scheduled next;
    private bool cancelled;

    internal Repeating(VirtualClock clock, TimeSpan period, TimeSpan first, Action action)
    {
        this.clock = clock;
        this.period = period;
        this.action = action;
        next = clock.After(first, Run);
    }

    /// <summary>Ends the repetition; a run under way finishes.</summary>
    public void Cancel()
    {
        cancelled = true;
        next.Cancel();
    }

    private void Run()
    {
        action();
        if (!cancelled)
        {
            next = clock.After(period, Run);
        }
    }
}
