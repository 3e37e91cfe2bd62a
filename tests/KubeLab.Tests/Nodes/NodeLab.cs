using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer;
using KubeLab.Etcd.Replicated;
using KubeLab.Nodes;
using KubeLab.Simulation;

namespace KubeLab.Tests.Nodes;

/// <summary>A real API server and nodes on it; pods are bound by hand.</summary>
internal sealed class NodeLab
{
    private readonly Dictionary<string, Kubelet> kubelets = [];

    public NodeLab(long seed = 7)
    {
        var chance = new Randomness(seed);
        Server = new KubeLab.ApiServer.ApiServer(
            Clock, chance, EtcdCluster.OfOne(Clock), new ApiServerOptions { Kubelets = name => kubelets.GetValueOrDefault(name)?.Server });
        Server.Start();
        Api = Server.ConnectAs("kubernetes-admin");
        Chance = chance;
        Runtime = ContainerRuntime.Load();
    }

    public VirtualClock Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public KubeLab.ApiServer.ApiServer Server { get; }

    public IKubernetesApi Api { get; }

    public Randomness Chance { get; }

    public ContainerRuntime Runtime { get; }

    public Kubelet AddNode(string name, string cpu = "4", string memory = "16Gi", int number = 1, Func<NodeConfig, NodeConfig>? change = null)
    {
        var config = new NodeConfig
        {
            Name = name,
            Capacity = ResourceList.Of(("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse(memory)), ("pods", Quantity.FromValue(110))),
            PodCIDR = $"10.{244 + (number >> 8)}.{number & 255}.0/24",
            InternalIP = $"10.128.{number >> 8}.{number & 255}",
        };
        config = change?.Invoke(config) ?? config;
        var kubelet = new Kubelet(Server.ConnectAs($"system:node:{name}"), Clock, Chance, config, Runtime);
        kubelets[name] = kubelet;
        kubelet.Start();
        return kubelet;
    }

    public Pod Run(string name, Container container, Func<PodSpec, PodSpec>? change = null, string node = "node-1") =>
        Run(name, new PodSpec { Containers = [container] }, change, node);

    public Pod Run(string name, PodSpec spec, Func<PodSpec, PodSpec>? change = null, string node = "node-1")
    {
        spec = (change is null ? spec : change(spec)) with { TerminationGracePeriodSeconds = 30 };
        var pod = Api.Create(new Pod { Metadata = new() { Name = name, Namespace = "default" }, Spec = spec });
        Api.Bind(pod, node);
        return pod;
    }

    public Pod Pod(string name) => Api.Get<Pod>("default", name);

    /// <summary>A container's status; an empty one before the kubelet has reported.</summary>
    public ContainerStatus Status(string name, int index = 0) =>
        Pod(name).Status.ContainerStatuses is { IsEmpty: false } statuses ? statuses[index] : new ContainerStatus { State = new() };

    public List<string> Events(string name) =>
        [.. Api.List<Event>("default").Where(e => e.InvolvedObject.Name == name).OrderBy(e => e.Metadata.Name, StringComparer.Ordinal).Select(e => $"{e.Type} {e.Reason}: {e.Message}")];

    public void RunFor(double seconds) => Clock.RunFor(TimeSpan.FromSeconds(seconds));

    public bool RunUntil(Func<bool> condition, double seconds = 600) => Clock.RunUntil(condition, TimeSpan.FromSeconds(seconds));

    public static Container Shell(string script, string name = "web", string image = "busybox:1.36") =>
        new() { Name = name, Image = image, Command = ["sh", "-c", script] };

    public static Container Nginx(string name = "web") => new() { Name = name, Image = "nginx:1.27" };
}
