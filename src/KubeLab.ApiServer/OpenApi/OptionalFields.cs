using System.Collections.Frozen;

namespace KubeLab.ApiServer.OpenApi;

/// <summary>The fields that upstream always writes and yet asks of nobody: an object without them is a valid one.</summary>
/// <remarks>Upstream marks them <c>+optional</c> without <c>omitempty</c>. A client that checks by the schema would refuse objects that lack a required field.</remarks>
internal static class OptionalFields
{
    private static readonly FrozenSet<string> All = new[]
    {
        "apiextensions.v1.CustomResourceDefinitionStatus.storedVersions",
        "apps.v1.StatefulSetOrdinals.start",
        "apps.v1.StatefulSetSpec.serviceName",
        "apps.v1.StatefulSetStatus.availableReplicas",
        "autoscaling.v2.HorizontalPodAutoscalerStatus.currentMetrics",
        "core.v1.Event.reportingComponent",
        "core.v1.Event.reportingInstance",
        "discovery.v1.EndpointSlice.ports",
        "rbac.v1.ClusterRole.rules",
        "rbac.v1.Role.rules",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether <paramref name="field"/> of the message called <paramref name="message"/> is one of them.</summary>
    public static bool Contains(string message, string field) => All.Contains($"{message}.{field}");
}
