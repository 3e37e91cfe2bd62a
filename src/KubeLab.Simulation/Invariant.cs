using System.Diagnostics.CodeAnalysis;

namespace KubeLab.Simulation;

/// <summary>What must be true, and stays checked in every build.</summary>
public static class Invariant
{
    /// <summary>Throws when <paramref name="condition"/> is false; <paramref name="because"/> says what must hold and why.</summary>
    /// <exception cref="InvariantException">The condition is false.</exception>
    public static void Holds([DoesNotReturnIf(false)] bool condition, string because)
    {
        if (!condition)
        {
            throw new InvariantException(because);
        }
    }
}

/// <summary>The simulation contradicted itself; this is a defect of KubeLab, never of the learner.</summary>
public sealed class InvariantException(string because) : Exception($"invariant broken: {because}");
