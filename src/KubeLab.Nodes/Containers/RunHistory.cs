using KubeLab.Api.Core;
using KubeLab.Nodes.Programs;

namespace KubeLab.Nodes.Containers;

/// <summary>What the runs of a container so far have left behind: how the last two ended, what the one before wrote, and how long the next has to wait.</summary>
/// <remarks>Most containers run once and never end while anybody looks, so this comes to be at the first end.</remarks>
internal sealed class RunHistory
{
    /// <summary>How the newest run that ended did so; null when the process could not be made.</summary>
    public ContainerStateTerminated? Ended { get; private set; }

    /// <summary>How the one before it ended.</summary>
    public ContainerStateTerminated? EndedBefore { get; private set; }

    /// <summary>When the newest one ended.</summary>
    public DateTimeOffset EndedAt { get; private set; }

    /// <summary>The wait that the ends so far have earned.</summary>
    public RestartBackoff Backoff { get; private set; }

    /// <summary>The run before the present one, for its log.</summary>
    public (ProgramRun? Run, DateTimeOffset From, DateTimeOffset Until) Before { get; private set; }

    /// <summary>A run has ended.</summary>
    public void End(ContainerStateTerminated how, DateTimeOffset at) => (EndedBefore, Ended, EndedAt) = (Ended, how, at);

    /// <summary>Another run begins; <paramref name="run"/> is the one before it.</summary>
    public void Keep(ProgramRun? run, DateTimeOffset startedAt) => Before = (run, startedAt, EndedAt);

    /// <summary>The container's turn to be started again has come.</summary>
    public void StartAgain(DateTimeOffset now) => Backoff = Backoff.Next(EndedAt, now);
}
