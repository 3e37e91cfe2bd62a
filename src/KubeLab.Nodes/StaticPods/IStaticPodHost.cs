using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Nodes.Pods;

namespace KubeLab.Nodes.StaticPods;

/// <summary>What static pods need of their kubelet.</summary>
internal interface IStaticPodHost
{
    /// <summary>Whether the kubelet runs.</summary>
    bool IsActive { get; }

    /// <summary>The pods of the node.</summary>
    IReadOnlyDictionary<ObjectKey, PodWorker> Workers { get; }

    /// <summary>Takes a pod on.</summary>
    PodWorker Take(Pod pod);

    /// <summary>Forgets a pod, and kills what is left of it.</summary>
    void Forget(PodWorker worker);
}
