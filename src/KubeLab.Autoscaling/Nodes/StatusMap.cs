using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.Nodes.Provider;
using KubeLab.Autoscaling.Nodes.State;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.Nodes;

/// <summary>The config map that tells people how the autoscaler is, and to which its own events belong.</summary>
/// <remarks>
/// Upstream writes it in each loop; here it is written in each loop that changes more than its times, and otherwise once a <see cref="Heartbeat"/>, so that a quiet cluster does not fill
/// its store with times.
/// </remarks>
internal sealed class StatusMap(IKubernetesApi api, VirtualClock clock, EventRecorder events)
{
    /// <summary>How old the times in it may become.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(1);

    private const string Name = "cluster-autoscaler-status";
    private const string Namespace = "kube-system";
    private const string LastUpdated = "cluster-autoscaler.kubernetes.io/last-updated";

    private readonly StatusText text = new();
    private ConfigMap? map;
    private string written = "";
    private DateTimeOffset writtenAt = DateTimeOffset.MinValue;

    /// <summary>Reads it, or makes it.</summary>
    /// <exception cref="ApiException">Nobody answers.</exception>
    public void Read()
    {
        if (api.Find<ConfigMap>(Namespace, Name) is { } found)
        {
            map = found;
            return;
        }

        written = "";
        map = api.Create(With(new ConfigMap { Metadata = new() { Name = Name, Namespace = Namespace } }, $"time: {Time()}\nautoscalerStatus: Initializing\n"));
    }

    /// <summary>Writes an event about the autoscaler itself.</summary>
    public void Log(bool isWarning, string reason, string message)
    {
        if (map is null)
        {
            return;
        }

        if (isWarning)
        {
            events.Warning(map, reason, message);
        }
        else
        {
            events.Normal(map, reason, message);
        }
    }

    /// <summary>Writes the status when there is something to say.</summary>
    /// <param name="state">The state.</param>
    /// <param name="cloud">The groups.</param>
    /// <param name="candidates">The number of unneeded nodes, by group.</param>
    /// <param name="scaleDownProbed">When unneeded nodes were last looked for.</param>
    /// <param name="isQuiet">Whether nothing can have changed.</param>
    public void Write(ClusterState state, ICloudNodeGroups cloud, Func<Dictionary<string, int>> candidates, DateTimeOffset? scaleDownProbed, bool isQuiet)
    {
        var isOld = clock.Now - writtenAt >= Heartbeat;
        if (map is null || (isQuiet && !isOld))
        {
            return;
        }

        // In a quiet loop nothing would have been found either.
        var status = text.Of(state, cloud, candidates(), isQuiet && scaleDownProbed is not null ? clock.Now : scaleDownProbed, clock.Now);
        var content = WithoutTimes(status);
        if (isOld || content != written)
        {
            map = api.Find<ConfigMap>(Namespace, Name) is { } found ? api.Update(With(found, status)) : api.Create(With(map with { Metadata = new() { Name = Name, Namespace = Namespace } }, status));
            (written, writtenAt) = (content, clock.Now);
        }
    }

    private ConfigMap With(ConfigMap old, string status) => old with
    {
        Metadata = old.Metadata with { Annotations = old.Metadata.Annotations.With(LastUpdated, Time()) },
        Data = old.Data.With("status", status),
    };

    private string Time() => StatusText.TimeOf(clock.Now);

    private static string WithoutTimes(string status) =>
        string.Join('\n', status.Split('\n').Where(static line => !line.Contains("ProbeTime:", StringComparison.Ordinal) && !line.StartsWith("time:", StringComparison.Ordinal)));
}
