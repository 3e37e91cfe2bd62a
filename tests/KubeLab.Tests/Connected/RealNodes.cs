using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Tests.Connected;

/// <summary>Nodes as providers label them.</summary>
internal static class RealNodes
{
    public static Node Kind { get; } = Of("lab-worker", "kind://docker/lab/lab-worker");

    public static Node Minikube { get; } = Of("lab-m02", "", ("minikube.k8s.io/name", "lab"));

    public static Node K3d { get; } = Of("k3d-lab-agent-0", "k3s://k3d-lab-agent-0");

    public static Node Gke(bool spot = false, string type = "e2-standard-4") => Of(
        "gke-lab-default-pool-1a2b-x3y4",
        "gce://my-project/europe-west4-a/gke-lab-default-pool-1a2b-x3y4",
        ("node.kubernetes.io/instance-type", type),
        ("topology.kubernetes.io/region", "europe-west4"),
        ("cloud.google.com/gke-nodepool", "default-pool"),
        ("cloud.google.com/gke-spot", spot ? "true" : ""));

    public static Node Eks { get; } = Of(
        "ip-10-0-0-1.eu-central-1.compute.internal",
        "aws:///eu-central-1a/i-0abc",
        ("node.kubernetes.io/instance-type", "m5.large"),
        ("topology.kubernetes.io/region", "eu-central-1"),
        ("eks.amazonaws.com/nodegroup", "workers"),
        ("alpha.eksctl.io/cluster-name", "lab"),
        ("eks.amazonaws.com/capacityType", "SPOT"));

    public static Node Aks { get; } = Of(
        "aks-pool1-123-vmss000002",
        "azure:///subscriptions/s/resourceGroups/mc_rg_lab_eastus/providers/Microsoft.Compute/virtualMachineScaleSets/aks-pool1-123-vmss/virtualMachines/2",
        ("node.kubernetes.io/instance-type", "Standard_D2s_v5"),
        ("topology.kubernetes.io/region", "eastus"),
        ("kubernetes.azure.com/agentpool", "pool1"),
        ("kubernetes.azure.com/cluster", "MC_rg_lab_eastus"),
        ("kubernetes.azure.com/scalesetpriority", "spot"));

    public static Node Bare { get; } = Of("host-7", "");

    public static Node Of(string name, string providerId, params (string Key, string Value)[] labels) => new()
    {
        Metadata = new() { Name = name, Labels = StringMap.From(labels.ToDictionary(l => l.Key, l => l.Value)) },
        Spec = new() { ProviderID = providerId.Length == 0 ? null : providerId },
    };
}
