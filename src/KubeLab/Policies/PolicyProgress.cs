using System.Globalization;

namespace KubeLab.Policies;

/// <summary>How far a comparison is.</summary>
/// <param name="Done">The runs that have ended.</param>
/// <param name="Total">All runs.</param>
/// <param name="Policy">The policy of the run that has just ended.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Elapsed">The wall's time since the first run began.</param>
public readonly record struct PolicyProgress(int Done, int Total, string Policy, long Seed, TimeSpan Elapsed)
{
    private const int BarLetters = 30;

    /// <summary>About how long it still takes, when the rest takes as long as what is done.</summary>
    public TimeSpan Left => Done == 0 ? TimeSpan.Zero : Elapsed * (Total - Done) / Done;

    /// <summary>A bar, the numbers, and about how long it still takes.</summary>
    public override string ToString()
    {
        var full = Total == 0 ? BarLetters : BarLetters * Done / Total;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[{new string('#', full)}{new string('.', BarLetters - full)}] {Done} of {Total} runs, about {Left:h\\:mm\\:ss} left");
    }
}
