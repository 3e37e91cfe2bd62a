using System.Diagnostics;

namespace KubeLab.Simulation;

/// <summary>When a busy clock leaves the processor to whoever it has just answered.</summary>
/// <remarks>
/// A clock at full speed never sleeps, and the threads that carry its answers away and bring the next questions would wait for their turn on its processor, many
/// times as long as the answer took. So it pauses after an answer until the next question, for a moment; and as long as it has paused it then runs, so that whoever
/// asks without end takes half of its time at most.
/// </remarks>
internal sealed class Courtesy(Stopwatch wall)
{
    private TimeSpan began;
    private TimeSpan ended;

    /// <summary>Whether it has run for as long as it paused before.</summary>
    public bool IsDue => wall.Elapsed - ended >= ended - began;

    /// <summary>The pause begins.</summary>
    public void Begin() => began = wall.Elapsed;

    /// <summary>The pause is over.</summary>
    public void End() => ended = wall.Elapsed;
}
