namespace KubeLab.Api.Verbs;

/// <summary>A stream that hands over its bytes as they come, so that a reader on the clock's own thread need not wait for them.</summary>
/// <remarks>The body of a watch inside the simulation is one: there, waiting would stop the clock that brings the next byte.</remarks>
public interface IPushedStream
{
    /// <summary>Calls <paramref name="onData"/> with what is there already and with all that comes, then <paramref name="onEnd"/> once.</summary>
    void ReadBy(Action<ReadOnlyMemory<byte>> onData, Action onEnd);
}
