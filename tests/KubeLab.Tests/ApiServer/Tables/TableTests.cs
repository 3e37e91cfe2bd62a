using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.ApiServer.Tables;

namespace KubeLab.Tests.ApiServer.Tables;

public sealed class TableTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 1, 0, 0, TimeSpan.Zero);

    /// <summary>The columns that a 1.33 server prints, wide ones in parentheses.</summary>
    [Theory]
    [InlineData("Namespace", "Name Status Age")]
    [InlineData("Node", "Name Status Roles Age Version (Internal-IP) (External-IP) (OS-Image) (Kernel-Version) (Container-Runtime)")]
    [InlineData("Pod", "Name Ready Status Restarts Age (IP) (Node) (Nominated Node) (Readiness Gates)")]
    [InlineData("Service", "Name Type Cluster-IP External-IP Port(s) Age (Selector)")]
    [InlineData("ConfigMap", "Name Data Age")]
    [InlineData("Event", "Last Seen Type Reason Object (Subobject) (Source) Message (First Seen) (Count) (Name)")]
    [InlineData("Deployment", "Name Ready Up-to-date Available Age (Containers) (Images) (Selector)")]
    [InlineData("ReplicaSet", "Name Desired:integer Current:integer Ready:integer Age (Containers) (Images) (Selector)")]
    [InlineData("Lease", "Name Holder Age")]
    [InlineData("ResourceQuota", "Name Request Limit Age")]
    [InlineData("LimitRange", "Name Created At:date")]
    [InlineData("PersistentVolume", "Name Capacity Access Modes Reclaim Policy Status Claim StorageClass VolumeAttributesClass Reason Age (VolumeMode)")]
    [InlineData("HorizontalPodAutoscaler", "Name Reference Targets MinPods MaxPods Replicas Age")]
    [InlineData("PodDisruptionBudget", "Name Min Available Max Unavailable Allowed Disruptions:integer Age")]
    [InlineData("PriorityClass", "Name Value:integer Global-Default:boolean Age PreemptionPolicy")]
    [InlineData("StorageClass", "Name Provisioner ReclaimPolicy VolumeBindingMode AllowVolumeExpansion Age")]
    [InlineData("Secret", "Name Type Data Age")]
    [InlineData("ServiceAccount", "Name Secrets Age")]
    [InlineData("PersistentVolumeClaim", "Name Status Volume Capacity Access Modes StorageClass VolumeAttributesClass Age (VolumeMode)")]
    [InlineData("StatefulSet", "Name Ready Age (Containers) (Images)")]
    [InlineData("DaemonSet", "Name Desired:integer Current:integer Ready:integer Up-to-date:integer Available:integer Node Selector Age (Containers) (Images) (Selector)")]
    [InlineData("ControllerRevision", "Name Controller Revision Age")]
    [InlineData("Job", "Name Status Completions Duration Age (Containers) (Images) (Selector)")]
    [InlineData("CronJob", "Name Schedule Timezone Suspend:boolean Active:integer Last Schedule Age (Containers) (Images) (Selector)")]
    public void Columns_are_those_of_upstream(string kind, string columns)
    {
        var resource = KubeLab.ApiServer.Kinds.BuiltInKinds.All().Single(k => k.IsStored && k.Resource.Kind == kind).Resource;
        var texts = TablePrinter.Of(resource).Columns.Select(c => c.Priority == 1 ? $"({c.Name})" : c.Type == "string" ? c.Name : $"{c.Name}:{c.Type}");
        Assert.Equal(columns, string.Join(' ', texts));
        Assert.Single(TablePrinter.Of(resource).Columns, c => c.Format == "name" && c.Name == "Name");
    }

    public static TheoryData<string, string, Pod> Pods => new()
    {
        { "0/1", "Pending", Make([], new() { Phase = "Pending" }) },
        { "0/1", "ContainerCreating", Make([Waiting("ContainerCreating")], new() { Phase = "Pending" }) },
        { "1/1", "Running", Make([Running()], new() { Phase = "Running" }) },
        { "0/1", "CrashLoopBackOff", Make([Waiting("CrashLoopBackOff")], new() { Phase = "Running" }) },
        { "0/1", "ImagePullBackOff", Make([Waiting("ImagePullBackOff")], new() { Phase = "Pending" }) },
        { "0/1", "Completed", Make([Ended("Completed", 0)], new() { Phase = "Succeeded" }) },
        { "0/1", "Error", Make([Ended("Error", 1)], new() { Phase = "Failed" }) },
        { "0/1", "OOMKilled", Make([Ended("OOMKilled", 137)], new() { Phase = "Running" }) },
        { "0/1", "ExitCode:3", Make([Ended(null, 3)], new() { Phase = "Running" }) },
        { "0/1", "Evicted", Make([], new() { Phase = "Failed", Reason = "Evicted" }) },
        { "1/2", "NotReady", Make([Running(), Ended("Completed", 0)], new() { Phase = "Running" }) },
        { "1/1", "Terminating", Make([Running()], new() { Phase = "Running" }) with { Metadata = new() { Name = "p", DeletionTimestamp = Now } } },
        { "0/1", "SchedulingGated", Make([], new() { Phase = "Pending", Conditions = [new() { Type = "PodScheduled", Status = "False", Reason = "SchedulingGated" }] }) },
        { "0/1", "Init:0/2", WithInit([Running()]) },
        { "0/1", "Init:1/2", WithInit([Ended("Completed", 0), Running()]) },
        { "0/1", "Init:Error", WithInit([Ended("Error", 1)]) },
        { "0/1", "Init:CrashLoopBackOff", WithInit([Waiting("CrashLoopBackOff")]) },
    };

    [Theory]
    [MemberData(nameof(Pods))]
    public void A_pods_status_is_the_word_that_says_most(string ready, string status, Pod pod)
    {
        var cells = TablePrinter.Of(Pod.Resource).Row(pod, Now);
        Assert.Equal((ready, status), (cells[1].Text, cells[2].Text));
    }

    [Fact]
    public void Restarts_tell_how_long_ago_the_last_one_was()
    {
        var again = Running() with
        {
            RestartCount = 3,
            LastState = new() { Terminated = new() { FinishedAt = Now - TimeSpan.FromSeconds(25), Reason = "Error", ExitCode = 1 } },
        };
        var pod = Make([again], new() { Phase = "Running" });
        Assert.Equal("3 (25s ago)", TablePrinter.Of(Pod.Resource).Row(pod, Now)[3].Text);
    }

    [Fact]
    public void A_sidecar_counts_among_the_containers()
    {
        var pod = Make([Running()], new() { Phase = "Running", InitContainerStatuses = [Running() with { Name = "proxy", Started = true }] });
        pod = pod with { Spec = pod.Spec with { InitContainers = [new() { Name = "proxy", RestartPolicy = "Always" }] } };
        Assert.Equal("2/2", TablePrinter.Of(Pod.Resource).Row(pod, Now)[1].Text);
    }

    [Fact]
    public void A_node_shows_roles_and_that_it_is_cordoned()
    {
        var node = new Node
        {
            Metadata = new()
            {
                Name = "n",
                CreationTimestamp = Now - TimeSpan.FromDays(3),
                Labels = StringMap.Of(("node-role.kubernetes.io/control-plane", ""), ("node-role.kubernetes.io/master", "")),
            },
            Spec = new() { Unschedulable = true },
            Status = new()
            {
                Conditions = [new() { Type = "Ready", Status = "True" }],
                Addresses = [new() { Type = "InternalIP", Address = "10.0.0.1" }],
                NodeInfo = new() { KubeletVersion = "v1.33.0" },
            },
        };
        Assert.Equal(
            "n|Ready,SchedulingDisabled|control-plane,master|3d|v1.33.0|10.0.0.1|<none>|<unknown>|<unknown>|<unknown>",
            Row(Node.Resource, node));
        Assert.StartsWith("m|Unknown|<none>|<unknown>", Row(Node.Resource, new Node { Metadata = new() { Name = "m" } }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ClusterIP", "<none>")]
    [InlineData("LoadBalancer", "<pending>")]
    public void A_service_shows_how_it_is_reached(string type, string external)
    {
        var service = new Service
        {
            Metadata = new() { Name = "s", CreationTimestamp = Now - TimeSpan.FromMinutes(5) },
            Spec = new()
            {
                Type = type,
                ClusterIP = "10.96.0.7",
                ClusterIPs = ["10.96.0.7"],
                Selector = StringMap.Of(("app", "web")),
                Ports = [new() { Port = 80, NodePort = 30080, Protocol = "TCP" }, new() { Port = 53, Protocol = "UDP" }],
            },
        };
        Assert.Equal($"s|{type}|10.96.0.7|{external}|80:30080/TCP,53/UDP|5m|app=web", Row(Service.Resource, service));
    }

    [Fact]
    public void A_deployment_shows_ready_over_wanted()
    {
        var deployment = new Deployment
        {
            Metadata = new() { Name = "web", CreationTimestamp = Now - TimeSpan.FromSeconds(90) },
            Spec = new()
            {
                Replicas = 3,
                Selector = new() { MatchLabels = StringMap.Of(("app", "web")) },
                Template = new() { Spec = new() { Containers = [new() { Name = "c", Image = "nginx" }, new() { Name = "d", Image = "envoy" }] } },
            },
            Status = new() { ReadyReplicas = 2, UpdatedReplicas = 3, AvailableReplicas = 1 },
        };
        Assert.Equal("web|2/3|3|1|90s|c,d|nginx,envoy|app=web", Row(Deployment.Resource, deployment));
    }

    [Fact]
    public void An_event_shows_when_and_about_what()
    {
        var e = new Event
        {
            Metadata = new() { Name = "p.1" },
            InvolvedObject = new() { Kind = "Pod", Name = "p", FieldPath = "spec.containers{c}" },
            Source = new() { Component = "kubelet", Host = "n" },
            Type = "Normal",
            Reason = "Started",
            Message = "Started container c\n",
            Count = 2,
            FirstTimestamp = Now - TimeSpan.FromMinutes(3),
            LastTimestamp = Now - TimeSpan.FromSeconds(5),
        };
        Assert.Equal("5s|Normal|Started|pod/p|spec.containers{c}|kubelet, n|Started container c|3m|2|p.1", Row(Event.Resource, e));
    }

    private static string Row(ApiResource resource, IApiObject obj) => string.Join('|', TablePrinter.Of(resource).Row(obj, Now));

    private static Pod Make(ValueList<ContainerStatus> statuses, PodStatus status) => new()
    {
        Metadata = new() { Name = "p" },
        Spec = new() { Containers = Enumerable.Range(0, Math.Max(1, statuses.Count)).Select(i => new Container { Name = $"c{i}" }).ToValueList() },
        Status = status with { ContainerStatuses = statuses },
    };

    private static Pod WithInit(ValueList<ContainerStatus> statuses)
    {
        var named = statuses.Select((s, i) => s with { Name = $"i{i}" }).ToValueList();
        var pod = Make([Waiting("PodInitializing")], new() { Phase = "Pending", InitContainerStatuses = named });
        return pod with { Spec = pod.Spec with { InitContainers = [new() { Name = "i0" }, new() { Name = "i1" }] } };
    }

    private static ContainerStatus Running() => new() { Name = "c", Ready = true, State = new() { Running = new() } };

    private static ContainerStatus Waiting(string reason) => new() { Name = "c", State = new() { Waiting = new() { Reason = reason } } };

    private static ContainerStatus Ended(string? reason, int code) =>
        new() { Name = "c", State = new() { Terminated = new() { Reason = reason, ExitCode = code } } };
}
