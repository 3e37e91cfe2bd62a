using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.ScaleDown;
using KubeLab.Tests.Scheduling;

namespace KubeLab.Tests.Autoscaling.Nodes.ScaleDown;

public sealed class UtilizationTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_resource_of_which_most_is_requested_counts()
    {
        Assert.Equal((0.25, "cpu"), Shown(Make.Node("n", "2", "2Gi"), Make.Pod("p", "500m", "128Mi")));
        Assert.Equal((0.5, "memory"), Shown(Make.Node("n", "2", "2Gi"), Make.Pod("p", "500m", "1Gi")));
        Assert.Equal((0, "memory"), Shown(Make.Node("n", "2", "2Gi")));
    }

    [Fact]
    public void Daemon_and_static_pods_are_left_out_with_their_room_when_asked()
    {
        var node = Make.Info(Make.Node("n", "2", "2Gi"), Daemon(Make.Pod("d", "1")), Make.Pod("p", "500m"));
        Assert.Equal(0.75, Utilization.Of(node, false, false, Now)!.Cpu);
        Assert.Equal(0.5, Utilization.Of(node, true, false, Now)!.Cpu);
        var mirrored = Make.Info(Make.Node("n", "2", "2Gi"), Mirror(Make.Pod("m", "1")), Make.Pod("p", "500m"));
        Assert.Equal(0.75, Utilization.Of(mirrored, true, false, Now)!.Cpu);
        Assert.Equal(0.5, Utilization.Of(mirrored, false, true, Now)!.Cpu);
    }

    [Fact]
    public void A_pod_that_should_have_ended_by_now_does_not_count()
    {
        var pod = Make.Pod("p", "1");
        Assert.Equal(0.5, Shown(Make.Node("n", "2", "2Gi"), pod with { Metadata = pod.Metadata with { DeletionTimestamp = Now.AddSeconds(-30) } }).Value);
        Assert.Equal(0, Shown(Make.Node("n", "2", "2Gi"), pod with { Metadata = pod.Metadata with { DeletionTimestamp = Now.AddMinutes(-3) } }).Value);
    }

    [Fact]
    public void Where_there_are_GPUs_they_alone_count_and_unready_ones_count_as_unused()
    {
        var node = Make.Node("n", "4", "16Gi").In(("cloud.google.com/gke-accelerator", "nvidia-l4"));
        var busy = Make.Pod("p", "4");
        Assert.Equal((0, "nvidia.com/gpu"), Shown(node, busy));
        var ready = node with { Status = node.Status with { Allocatable = node.Status.Allocatable.With("nvidia.com/gpu", Quantity.FromValue(2)) } };
        var gpu = busy with { Spec = busy.Spec with { Containers = [busy.Spec.Containers[0] with { Resources = new() { Requests = ResourceList.Of(("nvidia.com/gpu", Quantity.FromValue(1))) } }] } };
        Assert.Equal((0.5, "nvidia.com/gpu"), Shown(ready, gpu));
    }

    [Fact]
    public void A_node_that_does_not_say_what_it_has_has_no_utilisation()
    {
        var node = Make.Node("n");
        Assert.Null(Utilization.Of(Make.Info(node with { Status = node.Status with { Allocatable = node.Status.Allocatable.Without("memory") } }), false, false, Now));
    }

    private static (double Value, string Resource) Shown(Node node, params Pod[] pods) => Utilization.Of(Make.Info(node, pods), false, false, Now) is { } u ? (u.Value, u.Resource) : default;

    private static Pod Daemon(Pod pod) => pod with { Metadata = pod.Metadata with { OwnerReferences = [new() { ApiVersion = "apps/v1", Kind = "DaemonSet", Name = "d", Uid = "d", Controller = true }] } };

    private static Pod Mirror(Pod pod) => pod with { Metadata = pod.Metadata with { Annotations = StringMap.Of(("kubernetes.io/config.mirror", "x")) } };
}
