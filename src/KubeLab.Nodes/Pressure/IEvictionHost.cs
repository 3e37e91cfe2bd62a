using KubeLab.Nodes.Images;
using KubeLab.Nodes.Pods;

namespace KubeLab.Nodes.Pressure;

/// <summary>What the kubelet's eviction needs of it.</summary>
internal interface IEvictionHost
{
    /// <summary>The pods of the node.</summary>
    IReadOnlyCollection<PodWorker> Pods { get; }

    /// <summary>The images on its disk.</summary>
    ImageStore Images { get; }

    /// <summary>Records an event about the node itself.</summary>
    void RecordNode(bool isWarning, string reason, string message);

    /// <summary>Records an event about a pod.</summary>
    void RecordEviction(PodWorker pod, string message);
}
