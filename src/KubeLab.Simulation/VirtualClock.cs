using System.Collections.Concurrent;
using System.Diagnostics;

namespace KubeLab.Simulation;

/// <summary>The one clock of a simulated cluster: every wait is an event on it, and events run in the order of (due, sequence).</summary>
/// <remarks>
/// It offers three ways to run: as fast as possible (<see cref="RunFor"/>, <see cref="RunUntil"/>), one event at a time
/// (<see cref="Step"/>), and in step with the wall (<see cref="Follow"/>). It is one thread; other threads speak to it through <see cref="Post"/> only.
/// A clock can keep apart what onlookers put on it (<see cref="KeepOnlookersApart"/>): their events then take no number of the simulation's, so that a run without
/// them is numbered alike and can be repeated exactly.
/// </remarks>
public sealed class VirtualClock : TimeProvider
{
    /// <summary>How many events one instant may hold before the clock reports that time stands still.</summary>
    public const long EventsPerInstantMax = 50_000_000;

    // An event's rank is its number, followed by room for the onlookers' events that come behind it.
    private const int OnlookerBits = 20;
    private const long OnlookersMax = (1L << OnlookerBits) - 1;

    private static readonly TimeSpan FollowCheck = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan PausedCheck = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan CourtesyLength = TimeSpan.FromMilliseconds(1);

    private readonly EventQueue queue = new();
    private readonly ConcurrentQueue<Action> inbox = new();
    private long sequence;
    private long onlookers;
    private long eventsThisInstant;
    private long nowTicks;
    private long lastDueTicks;
    private long lastRank;

    /// <summary>Starts a clock at <paramref name="start"/>.</summary>
    public VirtualClock(DateTimeOffset start) => nowTicks = start.UtcTicks;

    /// <summary>The present instant of the simulation, in UTC.</summary>
    public DateTimeOffset Now => new(nowTicks, TimeSpan.Zero);

    /// <summary>How many events have run since the clock was made.</summary>
    public long EventsRun { get; private set; }

    /// <summary>How many events wait for their time.</summary>
    public int Pending => queue.Count;

    /// <summary>Whether who acts now is the simulation itself; false for an onlooker on a clock that keeps them apart.</summary>
    public bool IsInside { get; private set; } = true;

    /// <summary>Whether one of its events is running; between two of them, whoever acts may let time pass.</summary>
    public bool IsInEvent { get; private set; }

    /// <summary>Where the simulation stands between two of its events.</summary>
    public ClockPosition Position => new(lastDueTicks, lastRank, nowTicks);

    /// <summary>When the next event is due, or null when nothing waits.</summary>
    public DateTimeOffset? NextDue => queue.Count == 0 ? null : new DateTimeOffset(queue.PeekDue, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;

    /// <inheritdoc/>
    public override long GetTimestamp() => nowTicks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new VirtualTimer(this, callback, state, dueTime, period);

    /// <summary>Runs <paramref name="action"/> after <paramref name="delay"/> (zero: later in this instant, behind what already waits for it).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    public Scheduled After(TimeSpan delay, Action action)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return queue.Add(nowTicks + delay.Ticks, IsInside ? NextRank() : NextOnlookerRank(), action);
    }

    /// <summary>Runs <paramref name="action"/> at <paramref name="due"/>, or in this instant when that has passed.</summary>
    public Scheduled At(DateTimeOffset due, Action action) =>
        queue.Add(Math.Max(nowTicks, due.UtcTicks), IsInside ? NextRank() : NextOnlookerRank(), action);

    /// <summary>Runs <paramref name="action"/> later in this instant as an onlooker's, whoever asks: what it does is no part of the simulation.</summary>
    public void AfterForOnlooker(Action action) => queue.Add(nowTicks, NextOnlookerRank(), action);

    /// <summary>Runs <paramref name="action"/> every <paramref name="period"/>, first after <paramref name="first"/> (one period when null), until cancelled.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The period is not positive.</exception>
    public Repeating Every(TimeSpan period, Action action, TimeSpan? first = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        return new Repeating(this, period, first ?? period, action);
    }

    /// <summary>Hands <paramref name="action"/> to the clock's thread from any thread; it runs between two events.</summary>
    public void Post(Action action)
    {
        inbox.Enqueue(action);
        Wake();
    }

    /// <summary>From now on whoever acts between two events is an onlooker, unless <see cref="Inside"/> says that he acts on the simulation.</summary>
    public void KeepOnlookersApart() => IsInside = false;

    /// <summary>Does something to the simulation from without, between two of its events.</summary>
    public T Inside<T>(Func<T> act)
    {
        var before = IsInside;
        IsInside = true;
        try
        {
            return act();
        }
        finally
        {
            IsInside = before;
        }
    }

    /// <summary>Runs everything that another clock with the same events had run when it stood at <paramref name="position"/>.</summary>
    public void RunTo(ClockPosition position)
    {
        while (RunNext(position.DueTicks, position.Rank))
        {
        }

        MoveTo(position.NowTicks);
    }

    /// <summary>Runs the next event, moving time to it; false when nothing waits.</summary>
    public bool Step()
    {
        DrainInbox();
        return RunNext(long.MaxValue);
    }

    /// <summary>Runs everything due within <paramref name="span"/> and moves time on by exactly that.</summary>
    public void RunFor(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        var end = nowTicks + span.Ticks;
        do
        {
            DrainInbox();
        }
        while (RunNext(end));
        MoveTo(end);
    }

    /// <summary>Runs until <paramref name="condition"/> holds, at most for <paramref name="limit"/>; tells whether it held.</summary>
    /// <remarks>The condition is asked before the first event and after each one, so it must be cheap and must not change anything.</remarks>
    public bool RunUntil(Func<bool> condition, TimeSpan limit)
    {
        var end = nowTicks + limit.Ticks;
        while (true)
        {
            DrainInbox();
            if (condition())
            {
                return true;
            }

            if (!RunNext(end))
            {
                MoveTo(end);
                return condition();
            }
        }
    }

    /// <summary>Runs in step with the wall, <paramref name="speed"/> simulated seconds per real second, until cancelled or <paramref name="until"/> holds.</summary>
    /// <param name="speed">Simulated over real time: positive, infinite for as fast as possible, or 0 to stay paused while still answering <see cref="Post"/>.</param>
    /// <param name="until">Asked after each event; null runs until cancelled.</param>
    /// <param name="cancellation">Ends the run between two events.</param>
    public void Follow(double speed, Func<bool>? until, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(speed);
        var wall = Stopwatch.StartNew();
        var origin = nowTicks;
        var courtesy = new Courtesy(wall);

        // A clock that stands still has nothing to wake for but what is posted; many of them may stand still beside each other.
        var pause = speed == 0 ? PausedCheck : FollowCheck;
        using var wake = cancellation.Register(Wake);
        while (!cancellation.IsCancellationRequested)
        {
            DrainInbox();

            // Whoever was served may have let time pass, so the present can be ahead of the wall; what is due now runs at any speed.
            var target = double.IsPositiveInfinity(speed) ? long.MaxValue : Math.Max(nowTicks, origin + (long)(wall.Elapsed.Ticks * speed));
            while (RunNext(target) && !cancellation.IsCancellationRequested)
            {
                if (until?.Invoke() == true)
                {
                    return;
                }

                if (DrainInbox() && courtesy.IsDue)
                {
                    courtesy.Begin();
                    AwaitPost(CourtesyLength, cancellation);
                    courtesy.End();
                }
            }

            if (target != long.MaxValue)
            {
                MoveTo(target);
            }

            if (until?.Invoke() == true)
            {
                return;
            }

            AwaitPost(pause, cancellation);
        }
    }

    private bool RunNext(long endTicks, long endRank = long.MaxValue)
    {
        if (!queue.TryTake(endTicks, endRank, out var due, out var rank, out var action))
        {
            return false;
        }

        MoveTo(due);
        Invariant.Holds(++eventsThisInstant <= EventsPerInstantMax, "time moves on: no instant holds endless events");
        EventsRun++;
        Run(action, due, rank);
        return true;
    }

    private void Run(Action action, long due, long rank)
    {
        var before = (IsInside, IsInEvent);
        (IsInside, IsInEvent) = ((rank & OnlookersMax) == 0, true);
        if (IsInside)
        {
            (lastDueTicks, lastRank) = (due, rank);
        }

        try
        {
            action();
        }
        finally
        {
            (IsInside, IsInEvent) = before;
        }
    }

    private long NextRank()
    {
        onlookers = 0;
        return ++sequence << OnlookerBits;
    }

    private long NextOnlookerRank()
    {
        Invariant.Holds(onlookers < OnlookersMax, "no more than a million events of onlookers wait between two of the simulation's");
        return (sequence << OnlookerBits) | ++onlookers;
    }

    private void MoveTo(long ticks)
    {
        if (ticks > nowTicks)
        {
            nowTicks = ticks;
            eventsThisInstant = 0;
        }
    }

    /// <summary>Waits for the wall, or shorter when somebody posts: a request over a socket is served at once.</summary>
    private void AwaitPost(TimeSpan limit, CancellationToken cancellation)
    {
        lock (inbox)
        {
            if (inbox.IsEmpty && !cancellation.IsCancellationRequested)
            {
                Monitor.Wait(inbox, limit);
            }
        }
    }

    private void Wake()
    {
        lock (inbox)
        {
            Monitor.Pulse(inbox);
        }
    }

    /// <summary>Does what was posted; tells whether there was anything.</summary>
    private bool DrainInbox()
    {
        var any = false;
        while (inbox.TryDequeue(out var action))
        {
            any = true;
            action();
        }

        return any;
    }
}
