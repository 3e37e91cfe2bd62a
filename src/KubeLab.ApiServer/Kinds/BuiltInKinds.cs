using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Kinds;

/// <summary>The kinds that every server knows.</summary>
public static class BuiltInKinds
{
    /// <summary>A strategy for each of them, in the order of discovery.</summary>
    public static IReadOnlyList<KindStrategy> All()
    {
        // One memory of templates, so that a pod is recognised by the template it was made from.
        var pods = new PodSpecDefaults();
        return
        [
            new NamespaceStrategy(),
            new NodeStrategy(),
            new PodStrategy(pods),
            new ServiceStrategy(),
            new ConfigMapStrategy(),
            new EventStrategy(),
            new DeploymentStrategy(pods),
            new ReplicaSetStrategy(pods),
            new LeaseStrategy(),
        ];
    }
}
