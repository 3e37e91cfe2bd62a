namespace KubeLab.Connected;

/// <summary>The commands by which people stop, start and add the machines of real clusters; pure text.</summary>
internal static class MachineCommands
{
    /// <summary>How a node's machine is stopped, as part of a sentence.</summary>
    public static string Stop(NodeOrigin node) => OnOff(node, "stop");

    /// <summary>How it is started again.</summary>
    public static string Start(NodeOrigin node) => OnOff(node, "start");

    /// <summary>How a cluster gets so many nodes that take pods.</summary>
    /// <param name="any">One of its nodes; null when it has none.</param>
    /// <param name="context">The context, whose name tells the cluster's on Google Cloud.</param>
    /// <param name="count">How many there should be.</param>
    public static string Grow(NodeOrigin? any, string context, int count) => any?.Host switch
    {
        NodeHost.Simulated => $"start it with more: lab cluster --workers {count}",
        NodeHost.Kind => $"kind adds none to a cluster that runs: create one with kind create cluster --config FILE, where FILE lists \"- role: worker\" {count} times",
        NodeHost.K3d => $"k3d node create more --replicas {count} adds some",
        NodeHost.Minikube => $"minikube node add --worker --profile {any.Cluster} adds one",
        NodeHost.Google => $"gcloud container clusters resize {GkeCluster(context)} --node-pool {any.Pool ?? "POOL"} --num-nodes {count}",
        NodeHost.Amazon => $"eksctl scale nodegroup --cluster {any.Cluster ?? "CLUSTER"} --name {any.Pool ?? "GROUP"} --nodes {count}",
        NodeHost.Azure => $"az aks nodepool scale {AksCluster(any.Cluster)} --name {any.Pool ?? "POOL"} --node-count {count}",
        _ => "add some with your provider's command or console",
    };

    /// <summary>How a node pool of a cluster is autoscaled.</summary>
    /// <param name="any">One of its nodes; null when it has none.</param>
    /// <param name="context">The context, whose name tells the cluster's on Google Cloud.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="min">The fewest nodes.</param>
    /// <param name="max">The most nodes.</param>
    public static string Autoscale(NodeOrigin? any, string context, string pool, int min, int max) => any?.Host switch
    {
        NodeHost.Google => $"gcloud container clusters update {GkeCluster(context)} --node-pool {pool} --enable-autoscaling --min-nodes {min} --max-nodes {max}",
        NodeHost.Amazon => $"eksctl scale nodegroup --cluster {any.Cluster ?? "CLUSTER"} --name {pool} --nodes-min {min} --nodes-max {max} sets the bounds, and the cluster autoscaler is installed from its Helm chart",
        NodeHost.Azure => $"az aks nodepool update {AksCluster(any.Cluster)} --name {pool} --enable-cluster-autoscaler --min-count {min} --max-count {max}",
        NodeHost.Kind or NodeHost.K3d or NodeHost.Minikube => "its nodes are containers of one machine, and nobody rents more of them; try it on a simulated one",
        _ => "see your provider's documentation of node autoscaling",
    };

    private static string OnOff(NodeOrigin node, string verb)
    {
        var path = node.ProviderId.Split("://", 2) is [_, var rest] ? rest.Split('/', StringSplitOptions.RemoveEmptyEntries) : [];
        return node.Host switch
        {
            NodeHost.Kind => $"{(path.Length == 3 ? path[0] : "docker")} {verb} {node.Name}",
            NodeHost.K3d => $"docker {verb} {node.Name}",
            NodeHost.Minikube => $"minikube node {verb} {node.Name} --profile {node.Cluster}",
            NodeHost.Google when path.Length == 3 => $"gcloud compute instances {verb} {path[2]} --zone {path[1]} --project {path[0]}",
            NodeHost.Amazon when path.Length == 2 => $"aws ec2 {verb}-instances --instance-ids {path[1]} --region {node.Region ?? "REGION"}",
            NodeHost.Azure when Part(path, "virtualMachineScaleSets") is { } set =>
                $"az vmss {verb} --resource-group {Part(path, "resourceGroups")} --name {set} --instance-ids {path[^1]}",
            NodeHost.Azure => $"az vm {verb} --ids /{string.Join('/', path)}",
            NodeHost.OpenStack when path.Length > 0 => $"openstack server {verb} {path[^1]}",
            _ => "",
        };
    }

    private static string? Part(string[] path, string name) =>
        Array.FindIndex(path, part => part.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at && at + 1 < path.Length ? path[at + 1] : null;

    /// <summary>gcloud calls its contexts <c>gke_PROJECT_LOCATION_CLUSTER</c>.</summary>
    private static string GkeCluster(string context) =>
        context.Split('_') is ["gke", var project, var location, var name] ? $"{name} --location {location} --project {project}" : "CLUSTER";

    /// <summary>AKS labels nodes with the group that it keeps their machines in: <c>MC_GROUP_CLUSTER_REGION</c>.</summary>
    private static string AksCluster(string? label) =>
        label?.Split('_') is ["MC", var group, var name, _] ? $"--resource-group {group} --cluster-name {name}" : "--resource-group GROUP --cluster-name CLUSTER";
}
