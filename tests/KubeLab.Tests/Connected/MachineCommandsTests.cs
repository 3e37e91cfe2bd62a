using KubeLab.Api.Core;
using KubeLab.Connected;

namespace KubeLab.Tests.Connected;

public sealed class MachineCommandsTests
{
    public static TheoryData<string, string> Stops => new()
    {
        { "kind", "docker stop lab-worker" },
        { "minikube", "minikube node stop lab-m02 --profile lab" },
        { "k3d", "docker stop k3d-lab-agent-0" },
        { "gke", "gcloud compute instances stop gke-lab-default-pool-1a2b-x3y4 --zone europe-west4-a --project my-project" },
        { "eks", "aws ec2 stop-instances --instance-ids i-0abc --region eu-central-1" },
        { "aks", "az vmss stop --resource-group mc_rg_lab_eastus --name aks-pool1-123-vmss --instance-ids 2" },
        { "bare", "" },
    };

    public static TheoryData<string, string> Grows => new()
    {
        { "kind", "kind adds none to a cluster that runs: create one with kind create cluster --config FILE, where FILE lists \"- role: worker\" 5 times" },
        { "minikube", "minikube node add --worker --profile lab adds one" },
        { "gke", "gcloud container clusters resize lab --location europe-west4-a --project my-project --node-pool default-pool --num-nodes 5" },
        { "eks", "eksctl scale nodegroup --cluster lab --name workers --nodes 5" },
        { "aks", "az aks nodepool scale --resource-group rg --cluster-name lab --name pool1 --node-count 5" },
        { "bare", "add some with your provider's command or console" },
    };

    [Theory]
    [MemberData(nameof(Stops))]
    public void A_machine_is_stopped_by_its_providers_command(string which, string command)
    {
        var node = NodeOrigin.Of(Node(which), isSimulated: false);
        Assert.Equal(command, MachineCommands.Stop(node));
        Assert.Equal(command.Replace("stop", "start", StringComparison.Ordinal), MachineCommands.Start(node));
    }

    [Fact]
    public void Kind_with_podman_is_stopped_by_podman() =>
        Assert.Equal("podman stop w", MachineCommands.Stop(NodeOrigin.Of(RealNodes.Of("w", "kind://podman/lab/w"), isSimulated: false)));

    [Theory]
    [MemberData(nameof(Grows))]
    public void A_cluster_grows_by_its_providers_command(string which, string command) =>
        Assert.Equal(command, MachineCommands.Grow(NodeOrigin.Of(Node(which), isSimulated: false), "gke_my-project_europe-west4-a_lab", 5));

    [Fact]
    public void A_simulated_cluster_of_another_process_is_started_anew() => Assert.Equal(
        "start it with more: lab cluster --workers 5", MachineCommands.Grow(NodeOrigin.Of(RealNodes.Gke(), isSimulated: true), "kubelab", 5));

    private static Node Node(string which) => which switch
    {
        "kind" => RealNodes.Kind,
        "minikube" => RealNodes.Minikube,
        "k3d" => RealNodes.K3d,
        "gke" => RealNodes.Gke(),
        "eks" => RealNodes.Eks,
        "aks" => RealNodes.Aks,
        _ => RealNodes.Bare,
    };
}
