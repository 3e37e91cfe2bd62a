namespace KubeLab.Simulation;

/// <summary>The clock's answer to <see cref="TimeProvider.CreateTimer"/>.</summary>
internal sealed class VirtualTimer : ITimer
{
    private readonly VirtualClock clock;
    private readonly TimerCallback callback;
    private readonly object? state;
    private TimeSpan period;
    private Scheduled? next;

    public VirtualTimer(VirtualClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        this.clock = clock;
        this.callback = callback;
        this.state = state;
        Change(dueTime, period);
    }

    public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
    {
        next?.Cancel();
        period = newPeriod;
        next = dueTime == Timeout.InfiniteTimeSpan ? null : clock.After(dueTime, Fire);
        return true;
    }

    public void Dispose() => next?.Cancel();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Fire()
    {
        if (period > TimeSpan.Zero)
        {
            next = clock.After(period, Fire);
        }

        callback(state);
    }
}
