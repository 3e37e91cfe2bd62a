using KubeLab.Api.Core;
using KubeLab.Autoscaling.JustInTime;
using KubeLab.Autoscaling.JustInTime.Lifecycle;

namespace KubeLab.Tests.Autoscaling.JustInTime.Lifecycle;

public sealed class DrainTests
{
    [Fact]
    public void Ordinary_pods_go_first_then_daemons_then_critical_ones()
    {
        Pod[] pods = [Pod("critical-daemon", "DaemonSet", "system-node-critical"), Pod("critical", null, "system-cluster-critical"), Pod("daemon", "DaemonSet"), Pod("web", "ReplicaSet"), Pod("bare", null)];
        Assert.Equal(["web,bare", "daemon", "critical", "critical-daemon"], Drain.Groups(pods).Select(g => string.Join(',', g.Select(p => p.Metadata.Name))));
    }

    // Rows: phase, going, owner, annotated, tolerates; evicted, waited for.
    [Theory]
    [InlineData("Running", false, "ReplicaSet", false, false, true, true)]
    [InlineData("Running", true, "ReplicaSet", false, false, false, true)]
    [InlineData("Succeeded", false, "Job", false, false, false, false)]
    [InlineData("Running", false, "Node", false, false, false, false)]
    [InlineData("Running", false, "ReplicaSet", true, false, false, true)]
    [InlineData("Running", false, "DaemonSet", false, true, false, false)]
    [InlineData("Running", false, "DaemonSet", false, false, true, true)]
    public void Some_pods_are_not_evicted_and_some_are_not_even_waited_for(string phase, bool isGoing, string owner, bool stays, bool tolerates, bool evicted, bool awaited)
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var pod = Pod("p", owner);
        pod = pod with
        {
            Metadata = pod.Metadata with
            {
                DeletionTimestamp = isGoing ? new KubeLab.Api.Timestamp(now) : null,
                Annotations = stays ? KubeLab.Api.StringMap.Of(("karpenter.sh/do-not-disrupt", "true")) : default,
            },
            Spec = pod.Spec with { Tolerations = tolerates ? [new Toleration { Operator = "Exists" }] : default },
            Status = new() { Phase = phase },
        };
        Assert.Equal(evicted, PodSorts.IsEvictable(pod));
        Assert.Equal(awaited, PodSorts.IsWaitedFor(pod, now));
        Assert.False(PodSorts.IsWaitedFor(pod, now.AddMinutes(2)) && isGoing);
    }

    private static Pod Pod(string name, string? owner, string? priority = null) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", OwnerReferences = owner is null ? default : [new() { Kind = owner, Name = "o", Uid = "u" }] },
        Spec = new() { PriorityClassName = priority },
    };
}
