namespace KubeLab.Nodes.Containers;

/// <summary>How long a container that keeps ending is left alone: 10 s after its second end, doubling to 300 s, forgotten after a run of ten minutes.</summary>
/// <param name="Delay">The wait in force; zero before the first restart.</param>
/// <param name="Set">When it was set, which is when the container was last started again.</param>
/// <remarks>Upstream: client-go/util/flowcontrol Backoff, with the kubelet's 10 s and 300 s.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy">Container restarts</seealso>
internal readonly record struct RestartBackoff(TimeSpan Delay, DateTimeOffset Set)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(300);

    /// <summary>How much of the wait is left for a container that ended at <paramref name="ended"/>.</summary>
    public TimeSpan Remaining(DateTimeOffset ended, DateTimeOffset now)
    {
        var left = IsForgotten(ended) ? TimeSpan.Zero : Delay - (now - ended);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>The wait that will follow the next end; called when the container is started again.</summary>
    public RestartBackoff Next(DateTimeOffset ended, DateTimeOffset now)
    {
        var doubled = IsForgotten(ended) ? First : Delay * 2;
        return new RestartBackoff(doubled > Longest ? Longest : doubled, now);
    }

    private bool IsForgotten(DateTimeOffset ended) => Delay == TimeSpan.Zero || ended - Set > Longest * 2;
}
