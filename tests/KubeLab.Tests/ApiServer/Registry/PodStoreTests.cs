using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer;

namespace KubeLab.Tests.ApiServer.Registry;

public sealed class PodStoreTests
{
    private readonly ServerFixture f = new();

    [Fact]
    public void Binding_sets_the_node_and_the_condition()
    {
        f.Api.Bind(f.Api.Create(ServerFixture.Pod("web")), "node-1");

        var pod = f.Api.Get<Pod>("default", "web");
        Assert.Equal("node-1", pod.Spec.NodeName);
        var condition = Assert.Single(pod.Status.Conditions);
        Assert.Equal(("PodScheduled", "True", new Timestamp(f.Clock.Now)), (condition.Type, condition.Status, condition.LastTransitionTime));
    }

    [Fact]
    public void A_pod_is_bound_once()
    {
        var pod = f.Api.Create(ServerFixture.Pod("web"));
        f.Api.Bind(pod, "node-1");

        var status = ServerFixture.Refused(() => f.Api.Bind(pod, "node-2"));
        Assert.Equal(409, status.Code);
        Assert.Equal("Operation cannot be fulfilled on pods/binding \"web\": pod web is already assigned to node \"node-1\"", status.Message);
    }

    [Fact]
    public void A_pod_that_goes_is_not_bound()
    {
        var pod = f.Api.Create(ServerFixture.Pod("web"));
        f.Api.Bind(pod, "node-1");
        f.Api.Delete<Pod>("default", "web");

        var status = ServerFixture.Refused(() => f.Api.Bind(pod, "node-2"));
        Assert.Equal("Operation cannot be fulfilled on pods/binding \"web\": pod web is being deleted, cannot be assigned to a host", status.Message);
    }

    [Fact]
    public void Another_pod_of_the_same_name_is_not_bound()
    {
        var pod = f.Api.Create(ServerFixture.Pod("web"));
        f.Api.Delete<Pod>("default", "web");
        f.Api.Create(ServerFixture.Pod("web"));

        Assert.Equal("Conflict", ServerFixture.Refused(() => f.Api.Bind(pod, "node-1")).Reason);
    }

    [Fact]
    public void A_binding_names_a_node()
    {
        var pod = f.Api.Create(ServerFixture.Pod("web"));
        Assert.Contains("target.name: Required value", ServerFixture.Refused(() => f.Api.Bind(pod, "")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_comes_from_the_kubelet_of_the_pods_node()
    {
        var f = new ServerFixture(new ApiServerOptions { Kubelets = node => node == "node-1" ? new Kubelet() : null });
        f.Api.Bind(f.Api.Create(ServerFixture.Pod("web")), "node-1");

        var waiting = ServerFixture.Refused(() => f.Api.Log(new ObjectKey("default", "web"), new LogOptions()));
        Assert.Equal((400, "container \"main\" in pod \"web\" is waiting to start: ContainerCreating"), (waiting.Code, waiting.Message));

        var pod = f.Api.Get<Pod>("default", "web");
        f.Api.UpdateStatus(pod with { Status = pod.Status with { ContainerStatuses = [new() { Name = "main", State = new() { Running = new() } }] } });
        Assert.Equal("hello from main", f.Api.Log(new ObjectKey("default", "web"), new LogOptions()));

        var previous = ServerFixture.Refused(() => f.Api.Log(new ObjectKey("default", "web"), new LogOptions { Previous = true }));
        Assert.Equal("previous terminated container \"main\" in pod \"web\" not found", previous.Message);
    }

    [Fact]
    public void Of_several_containers_one_must_be_named()
    {
        var pod = ServerFixture.Pod("web");
        var second = pod.Spec.Containers[0] with { Name = "side" };
        f.Api.Create(pod with { Spec = pod.Spec with { Containers = pod.Spec.Containers.Add(second) } });
        var key = new ObjectKey("default", "web");

        Assert.Equal(
            "a container name must be specified for pod web, choose one of: [main side]",
            ServerFixture.Refused(() => f.Api.Log(key, new LogOptions())).Message);
        Assert.Equal("container x is not valid for pod web", ServerFixture.Refused(() => f.Api.Log(key, new LogOptions { Container = "x" })).Message);
    }

    private sealed class Kubelet : IKubeletEndpoint
    {
        public string Log(Pod pod, string container, LogOptions options) => $"hello from {container}";

        public ContainerStream FollowLog(Pod pod, string container, LogOptions options) => throw new NotSupportedException();

        public ContainerStream Exec(Pod pod, string container, ProcessOptions options) => throw new NotSupportedException();

        public ContainerStream Attach(Pod pod, string container, ProcessOptions options) => throw new NotSupportedException();

        public string? WhyRefused(Pod pod, int port) => throw new NotSupportedException();

        public WebAnswer? Ask(Pod pod, int port, WebQuestion question) => throw new NotSupportedException();

        public NodeUsage Usage() => new(0, 0, []);

        public NodeStats Stats() => new(default, 0, 0, []);
    }
}
