using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Images;
using KubeLab.Nodes.Sharing;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Pods;

/// <summary>What a pod on a node needs of its kubelet.</summary>
internal interface IPodHost
{
    /// <summary>Virtual time.</summary>
    VirtualClock Clock { get; }

    /// <summary>Chance of this node.</summary>
    Randomness Chance { get; }

    /// <summary>The API server, as far as the network lets it through.</summary>
    IKubernetesApi Api { get; }

    /// <summary>What all nodes have in common.</summary>
    ContainerRuntime Runtime { get; }

    /// <summary>The images on the disk.</summary>
    ImageStore Images { get; }

    /// <summary>What runs on the machine, and who gets how much of it.</summary>
    MachineLoad Load { get; }

    /// <summary>Whether the kubelet runs; containers live on without it.</summary>
    bool IsActive { get; }

    /// <summary>The node's address.</summary>
    string HostIP { get; }

    /// <summary>The node's address, as the list that a pod's status holds.</summary>
    ValueList<HostIP> HostIPs { get; }

    /// <summary>What the node can give to pods.</summary>
    ResourceList Allocatable { get; }

    /// <summary>How fast the machine's cores are, against those that programs are measured on.</summary>
    double Speed { get; }

    /// <summary>Records an event about a pod or a container of it.</summary>
    void Record(Pod pod, bool isWarning, string reason, string message, string? fieldPath);

    /// <summary>Reserves an address for a pod; null when the range is used up.</summary>
    string? TakeAddress();

    /// <summary>Gives an address back.</summary>
    void ReturnAddress(string address);

    /// <summary>Why the pod may not run here, or null.</summary>
    AdmissionRefusal? Admit(Pod pod);

    /// <summary>The identity of a new container.</summary>
    string NextContainerId();

    /// <summary>Remembers that a pod could not have an image.</summary>
    void FailedPull(string uid, string image, string error);

    /// <summary>How long the pod must wait before it asks for the image again; null when it never failed.</summary>
    TimeSpan? PullBackoff(string uid, string image);

    /// <summary>Why it failed last.</summary>
    string? PullError(string uid, string image);

    /// <summary>Something has come to a container from outside; it meets it now.</summary>
    void FromOutside(OutsideInput input);

    /// <summary>A pod keeps more or less on the disk.</summary>
    void DiskChanged();

    /// <summary>A static pod that was to end has ended.</summary>
    void StaticPodEnded(PodWorker worker);

    /// <summary>A container of a static pod has started or ended.</summary>
    void StaticContainerChanged(PodWorker worker, bool runs);

    /// <summary>The status could not be reported; try again.</summary>
    void ReportLater(PodWorker worker);
}

/// <summary>Why a kubelet does not run a pod that is bound to its node.</summary>
/// <param name="Reason">One word, for example <c>OutOfcpu</c>.</param>
/// <param name="Message">A sentence.</param>
internal sealed record AdmissionRefusal(string Reason, string Message);
