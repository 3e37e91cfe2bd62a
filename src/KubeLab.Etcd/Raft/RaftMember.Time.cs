using KubeLab.Simulation;

namespace KubeLab.Etcd.Raft;

// Ticks on the virtual clock. Ticks in which nothing happens are counted when something else happens, so a quiet follower costs one event per election time-out.
public sealed partial class RaftMember
{
    private DateTimeOffset firstTick;
    private long ticksDone;
    private Scheduled? tick;

    private void StartTicking()
    {
        // Processes do not start in step.
        firstTick = clock.Now + (group.Options.Tick * chance.NextDouble());
        ticksDone = 0;
        tick = null;
    }

    private void CatchUp()
    {
        var due = TicksAt(clock.Now);
        while (node is not null && ticksDone < due)
        {
            var ticks = (int)Math.Min(due - ticksDone, node.TicksUntilAction);
            ticksDone += ticks;
            node.Tick(ticks);
        }
    }

    /// <summary>Wakes at the next tick that matters; when that moves on, the old wake-up finds nothing to do and sets the next.</summary>
    private void Arm()
    {
        if (node is null)
        {
            return;
        }

        var due = firstTick + (group.Options.Tick * (ticksDone + node.TicksUntilAction - 1));
        if (tick is null || tick.IsOver || tick.Due > due)
        {
            tick?.Cancel();
            tick = clock.At(due, Wake);
        }
    }

    private void Wake()
    {
        // At rest, ticks are only counted, and that by whoever ends it.
        if (!IsAtRest)
        {
            CatchUp();
            Pump();
        }
    }

    private long TicksAt(DateTimeOffset time) =>
        time < firstTick ? 0 : ((time - firstTick).Ticks / group.Options.Tick.Ticks) + 1;
}
