namespace KubeLab.Simulation;

/// <summary>An event that waits on a <see cref="VirtualClock"/>; the handle with which it can be called off.</summary>
public sealed class Scheduled
{
    internal Scheduled(long dueTicks, long rank, Action action)
    {
        DueTicks = dueTicks;
        Rank = rank;
        Action = action;
    }

    /// <summary>When it is due, in UTC.</summary>
    public DateTimeOffset Due => new(DueTicks, TimeSpan.Zero);

    /// <summary>Whether it was called off or has run.</summary>
    public bool IsOver => Action is null;

    internal long DueTicks { get; }

    internal long Rank { get; }

    internal Action? Action { get; private set; }

    /// <summary>Calls it off; nothing happens when it has already run.</summary>
    public void Cancel() => Action = null;

    internal Action? Take()
    {
        var action = Action;
        Action = null;
        return action;
    }
}
