using KubeLab.Simulation;

namespace KubeLab.Nodes.Stages;

/// <summary>How long a stage takes: nothing, a draw from a distribution, or what a mechanism computes.</summary>
internal sealed record Delay
{
    /// <summary>No wait at all.</summary>
    public static Delay None { get; } = new();

    /// <summary>Which distribution; <see cref="DelayKind.Computed"/> leaves the answer to <see cref="Source"/>.</summary>
    public DelayKind Kind { get; init; }

    /// <summary>The mean, in seconds.</summary>
    public double Mean { get; init; }

    /// <summary>Standard deviation over mean.</summary>
    public double Cv { get; init; }

    /// <summary>The shortest, in seconds.</summary>
    public double Min { get; init; }

    /// <summary>The longest, in seconds.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>The mechanism that knows.</summary>
    public DelaySource Source { get; init; }

    /// <summary>Draws one delay.</summary>
    public TimeSpan Draw(Randomness chance)
    {
        var seconds = Kind switch
        {
            DelayKind.Constant => Mean,
            DelayKind.Uniform => chance.Uniform(Min, Max),
            DelayKind.Lognormal => chance.LogNormal(Mean, Cv),
            DelayKind.Exponential => chance.Exponential(Mean),
            _ => 0,
        };
        return TimeSpan.FromSeconds(Math.Clamp(seconds, Min, Max));
    }
}

/// <summary>The shape of a delay.</summary>
internal enum DelayKind
{
    Zero,
    Constant,
    Uniform,
    Lognormal,
    Exponential,
    Computed,
}

/// <summary>The mechanism that computes a delay.</summary>
internal enum DelaySource
{
    None,
    ImagePull,
    PullBackOff,
    CrashBackOff,
    Program,
    Stop,
}
