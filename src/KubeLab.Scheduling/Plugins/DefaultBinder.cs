using KubeLab.Api.Verbs;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Binds by creating a Binding, the only thing a scheduler ever does to a pod's spec.</summary>
/// <remarks>Upstream: scheduler/framework/plugins/defaultbinder.</remarks>
public sealed class DefaultBinder(IKubernetesApi api) : IBindPlugin
{
    /// <inheritdoc/>
    public string Name => "DefaultBinder";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.None;

    /// <inheritdoc/>
    public Verdict Bind(CycleState state, PodInfo pod, NodeInfo node)
    {
        api.Bind(pod.Pod, node.Name);
        return Verdict.Success;
    }
}
