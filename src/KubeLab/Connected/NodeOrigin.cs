using KubeLab.Api.Core;

namespace KubeLab.Connected;

/// <summary>What a node's labels and its providerID say about the machine below it.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/labels-annotations-taints/">Well-known labels</seealso>
internal sealed record NodeOrigin
{
    private const string ControlPlane = "node-role.kubernetes.io/control-plane";

    /// <summary>The node's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whose machine it is.</summary>
    public required NodeHost Host { get; init; }

    /// <summary>Its identity at the provider, or empty.</summary>
    public required string ProviderId { get; init; }

    /// <summary>The machine type, for example <c>e2-standard-4</c>; null when no label says.</summary>
    public required string? MachineType { get; init; }

    /// <summary>The region; null when no label says.</summary>
    public required string? Region { get; init; }

    /// <summary>Whether the provider may take it away at any time.</summary>
    public required bool IsSpot { get; init; }

    /// <summary>The node pool at the provider, or null.</summary>
    public required string? Pool { get; init; }

    /// <summary>What tells the cluster apart at its provider: a profile, a cluster's name; null when no label says.</summary>
    public required string? Cluster { get; init; }

    /// <summary>Whether it runs the control plane.</summary>
    public required bool IsControlPlane { get; init; }

    /// <summary>Whether pods are placed on it without being asked to tolerate anything of the control plane's, and it is open.</summary>
    public required bool TakesPods { get; init; }

    /// <summary>Whether its kubelet reports that it is ready.</summary>
    public required bool IsReady { get; init; }

    /// <summary>Reads a node of a real cluster.</summary>
    /// <param name="node">The node.</param>
    /// <param name="isSimulated">Whether the server said that it is one of <c>lab cluster</c>.</param>
    public static NodeOrigin Of(Node node, bool isSimulated)
    {
        string? Label(params ReadOnlySpan<string> keys)
        {
            foreach (var key in keys)
            {
                if (node.Metadata.Labels.TryGetValue(key, out var value) && value.Length > 0)
                {
                    return value;
                }
            }

            return null;
        }

        var name = node.Metadata.Name ?? "";
        var providerId = node.Spec.ProviderID ?? "";
        return new NodeOrigin
        {
            Name = name,
            ProviderId = providerId,
            Host = isSimulated ? NodeHost.Simulated : HostOf(name, providerId, Label("minikube.k8s.io/name") is not null),
            MachineType = Label("node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type"),
            Region = Label("topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"),
            IsSpot = Label("cloud.google.com/gke-spot", "cloud.google.com/gke-preemptible") == "true"
                || Label("cloud.google.com/gke-provisioning") is "spot" or "preemptible"
                || Label("eks.amazonaws.com/capacityType") == "SPOT"
                || Label("karpenter.sh/capacity-type") == "spot"
                || Label("kubernetes.azure.com/scalesetpriority") == "spot",
            Pool = Label("cloud.google.com/gke-nodepool", "eks.amazonaws.com/nodegroup", "kubernetes.azure.com/agentpool", "agentpool"),
            Cluster = Label("minikube.k8s.io/name", "alpha.eksctl.io/cluster-name", "kubernetes.azure.com/cluster"),
            IsControlPlane = node.Metadata.Labels.ContainsKey(ControlPlane) || node.Metadata.Labels.ContainsKey("node-role.kubernetes.io/master"),
            TakesPods = !node.Spec.Unschedulable && !node.Spec.Taints.Exists(t => t.Key.StartsWith("node-role.kubernetes.io/", StringComparison.Ordinal) && t.Effect != "PreferNoSchedule"),
            IsReady = Views.NodeView.IsReadyNode(node),
        };
    }

    private static NodeHost HostOf(string name, string providerId, bool isMinikube) => providerId.Split("://", 2)[0] switch
    {
        _ when isMinikube => NodeHost.Minikube,
        "kind" => NodeHost.Kind,
        "k3s" when name.StartsWith("k3d-", StringComparison.Ordinal) => NodeHost.K3d,
        "gce" => NodeHost.Google,
        "aws" => NodeHost.Amazon,
        "azure" => NodeHost.Azure,
        "openstack" => NodeHost.OpenStack,
        _ => NodeHost.Unknown,
    };
}
