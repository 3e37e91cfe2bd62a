namespace KubeLab.Nodes.Programs;

/// <summary>The time of a process that did not always get the CPU it wanted, against the clock's: with half of it, its own time passes half as fast.</summary>
internal sealed class OwnTime
{
    private readonly List<(long From, double Own, double Speed)> pieces = [(0, 0, 1)];

    /// <summary>From <paramref name="at"/> on its own time passes at this speed.</summary>
    public void Set(TimeSpan at, double speed)
    {
        var (from, own, before) = pieces[^1];
        var piece = (at.Ticks, own + ((at.Ticks - from) * before), speed);
        if (at.Ticks > from)
        {
            pieces.Add(piece);
        }
        else
        {
            pieces[^1] = piece;
        }
    }

    /// <summary>When its own time reaches <paramref name="own"/> ticks, as fast as it goes now; the greatest time span when that is too far away to tell.</summary>
    public TimeSpan When(long own)
    {
        var i = pieces.Count - 1;
        while (i > 0 && pieces[i].Own > own)
        {
            i--;
        }

        var at = pieces[i].From + Math.Ceiling((own - pieces[i].Own) / pieces[i].Speed);
        return at < long.MaxValue / 2 ? new TimeSpan((long)at) : TimeSpan.MaxValue;
    }
}
