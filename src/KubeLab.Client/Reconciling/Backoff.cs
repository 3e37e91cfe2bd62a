namespace KubeLab.Client.Reconciling;

/// <summary>Pauses that double from a first to a longest one.</summary>
/// <param name="First">The first pause.</param>
/// <param name="Longest">The longest pause.</param>
public readonly record struct Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>The pause of client-go's work queues: 5 ms to 1,000 s.</summary>
    public static Backoff WorkQueue { get; } = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(1000));

    /// <summary>The pause after so many failures; 0 failures give the first pause.</summary>
    public TimeSpan After(int failures)
    {
        var seconds = First.TotalSeconds * Math.Pow(2, Math.Min(failures, 62));
        return seconds >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(seconds);
    }
}
