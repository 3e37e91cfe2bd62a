using System.Globalization;
using System.Text;
using KubeLab.Api;
using KubeLab.Autoscaling.Nodes.Provider;

namespace KubeLab.Autoscaling.Nodes.State;

/// <summary>What the config map <c>cluster-autoscaler-status</c> says, in upstream's form since 1.30.</summary>
/// <remarks>Upstream: clusterstate/api/types.go. It remembers since when each status holds.</remarks>
public sealed class StatusText
{
    private readonly Dictionary<string, (string Status, DateTimeOffset Since)> transitions = new(StringComparer.Ordinal);

    /// <summary>Writes the status.</summary>
    /// <param name="state">The state.</param>
    /// <param name="cloud">The groups.</param>
    /// <param name="candidates">The names of unneeded nodes, by group.</param>
    /// <param name="scaleDownProbed">When unneeded nodes were last looked for; null before the first time.</param>
    /// <param name="now">The present.</param>
    public string Of(ClusterState state, ICloudNodeGroups cloud, IReadOnlyDictionary<string, int> candidates, DateTimeOffset? scaleDownProbed, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"time: {TimeOf(now)}\nautoscalerStatus: Running\nclusterWide:\n");
        text.Append(CultureInfo.InvariantCulture, $"  health:\n    status: {(state.IsHealthy ? "Healthy" : "Unhealthy")}\n");
        Counts(text, state.Total, "    ");
        Times(text, "    ", "health", state.IsHealthy ? "Healthy" : "Unhealthy", now);
        var isGrowing = cloud.Groups.Any(g => state.IsScalingUp(g.Id));
        text.Append(CultureInfo.InvariantCulture, $"  scaleUp:\n    status: {(isGrowing ? "InProgress" : "NoActivity")}\n");
        Times(text, "    ", "scaleUp", isGrowing ? "InProgress" : "NoActivity", now);
        ScaleDown(text, "  ", "scaleDown", candidates.Values.Sum(), scaleDownProbed);
        if (cloud.Groups.Count > 0)
        {
            text.Append("nodeGroups:\n");
        }

        foreach (var group in cloud.Groups)
        {
            Group(text, state, group, candidates.GetValueOrDefault(group.Id), scaleDownProbed, now);
        }

        return text.ToString();
    }

    /// <summary>A time as Go prints it, without the zeros at its end.</summary>
    internal static string TimeOf(DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss.FFFFFFF} +0000 UTC");

    private static string Precise(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private void Group(StringBuilder text, ClusterState state, INodeGroup group, int candidates, DateTimeOffset? scaleDownProbed, DateTimeOffset now)
    {
        var health = state.IsGroupHealthy(group.Id) ? "Healthy" : "Unhealthy";
        text.Append(CultureInfo.InvariantCulture, $"- name: {group.Id}\n  health:\n    status: {health}\n");
        Counts(text, state.Of(group.Id), "    ");
        text.Append(CultureInfo.InvariantCulture, $"    cloudProviderTarget: {state.RangeOf(group.Id).Target}\n    minSize: {group.MinSize}\n    maxSize: {group.MaxSize}\n");
        Times(text, "    ", $"{group.Id}/health", health, now);
        var error = state.Backoff.ErrorOf(group.Id, now);
        var scaleUp = state.IsScalingUp(group.Id) ? "InProgress" : health == "Unhealthy" ? "Unhealthy" : error is not null ? "Backoff" : "NoActivity";
        text.Append(CultureInfo.InvariantCulture, $"  scaleUp:\n    status: {scaleUp}\n");
        if (error is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"    backoffInfo:\n      errorCode: {error.Code}\n      errorMessage: {GoQuote.Quote(error.Message)}\n");
        }

        Times(text, "    ", $"{group.Id}/scaleUp", scaleUp, now);
        ScaleDown(text, "  ", $"{group.Id}/scaleDown", candidates, scaleDownProbed);
    }

    private void ScaleDown(StringBuilder text, string indent, string what, int candidates, DateTimeOffset? probed)
    {
        var status = candidates > 0 ? "CandidatesPresent" : "NoCandidates";
        text.Append(CultureInfo.InvariantCulture, $"{indent}scaleDown:\n{indent}  status: {status}\n");
        if (candidates > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}  candidates: {candidates}\n");
        }

        Times(text, indent + "  ", what, status, probed);
    }

    private void Times(StringBuilder text, string indent, string what, string status, DateTimeOffset? probed)
    {
        if (probed is not { } now)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}lastProbeTime: null\n{indent}lastTransitionTime: null\n");
            return;
        }

        if (!transitions.TryGetValue(what, out var known) || known.Status != status)
        {
            transitions[what] = known = (status, now);
        }

        text.Append(CultureInfo.InvariantCulture, $"{indent}lastProbeTime: \"{Precise(now)}\"\n{indent}lastTransitionTime: \"{Precise(known.Since)}\"\n");
    }

    private static void Counts(StringBuilder text, Readiness nodes, string indent)
    {
        text.Append(CultureInfo.InvariantCulture, $"{indent}nodeCounts:\n{indent}  registered:\n{indent}    total: {nodes.Registered.Count}\n{indent}    ready: {nodes.Ready.Count}\n");
        text.Append(CultureInfo.InvariantCulture, $"{indent}    notStarted: {nodes.NotStarted.Count}\n");
        if (nodes.Deleted.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}    beingDeleted: {nodes.Deleted.Count}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{indent}    unready:\n{indent}      total: {nodes.Unready.Count}\n{indent}      resourceUnready: 0\n");
        text.Append(CultureInfo.InvariantCulture, $"{indent}  longUnregistered: {nodes.LongUnregistered.Count}\n{indent}  unregistered: {nodes.Unregistered.Count}\n");
    }
}
