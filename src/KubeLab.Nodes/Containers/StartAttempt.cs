using KubeLab.Nodes.Images;

namespace KubeLab.Nodes.Containers;

/// <summary>What an attempt to start a container has met so far; forgotten when the process runs.</summary>
internal sealed class StartAttempt
{
    /// <summary>What the status says it waits for, in one word; null while it has not said so.</summary>
    public string? WaitingReason { get; set; }

    /// <summary>The same in a sentence.</summary>
    public string? WaitingMessage { get; set; }

    /// <summary>What went wrong last.</summary>
    public string? Error { get; set; }

    /// <summary>How the pull ended; null before.</summary>
    public PullResult? Pull { get; set; }
}

/// <summary>How a process will end, once that is known.</summary>
/// <param name="After">How long from when it was decided.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Reason">The reason in the status.</param>
internal sealed record PlannedEnd(TimeSpan After, int ExitCode, string Reason);
