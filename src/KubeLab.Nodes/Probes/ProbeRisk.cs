using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Serving;

namespace KubeLab.Nodes.Probes;

/// <summary>What a probe meets at a busy server: it stands in the same queue as everybody else.</summary>
internal static class ProbeRisk
{
    private const double Negligible = 1e-3;
    private static readonly TimeSpan TimeoutMin = TimeSpan.FromSeconds(1);

    /// <summary>Whether a probe may fail although the server is up, so that it is worth asking.</summary>
    public static bool IsAny(ServingFigures figures) =>
        figures.RefusedShare > 0 || figures.Response.Exceeds(TimeoutMin.TotalSeconds) > Negligible;

    /// <summary>What happens to a question to <paramref name="listener"/> now.</summary>
    /// <param name="listener">Who listens on the port.</param>
    /// <param name="timeout">How long the probe waits for an answer.</param>
    public static ProbeFate Of(ContainerRun listener, TimeSpan timeout)
    {
        if (listener.Serving is not { } serving || !IsAny(serving.Figures))
        {
            return ProbeFate.Answered;
        }

        var host = listener.Pod.Host;
        var draw = host.Chance.For($"probe/{listener.Pod.Uid}/{listener.Spec.Name}/{host.Clock.Now.UtcTicks}").NextDouble();
        var refused = serving.Figures.RefusedShare;
        return draw < refused ? ProbeFate.Refused
            : draw < refused + ((1 - refused) * serving.Figures.Response.Exceeds(timeout.TotalSeconds)) ? ProbeFate.Late
            : ProbeFate.Answered;
    }
}

/// <summary>How a question ends.</summary>
internal enum ProbeFate
{
    /// <summary>With an answer in time.</summary>
    Answered,

    /// <summary>The queue is full.</summary>
    Refused,

    /// <summary>The answer comes too late.</summary>
    Late,
}
