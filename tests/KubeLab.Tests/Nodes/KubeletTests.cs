using KubeLab.Api;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.Nodes;

public sealed class KubeletTests
{
    private readonly NodeLab lab = new();

    [Fact]
    public void A_node_registers_and_its_lease_is_renewed_every_ten_seconds()
    {
        lab.AddNode("node-1");
        lab.RunFor(60);
        var node = lab.Api.Get<Node>("", "node-1");
        Assert.Equal("kubelet is posting ready status", node.Status.Conditions.Find(c => c.Type == "Ready")!.Message);
        Assert.Equal("node-1", node.Metadata.Labels["kubernetes.io/hostname"]);
        var lease = lab.Api.Get<Lease>("kube-node-lease", "node-1");
        Assert.True(lab.Clock.Now - lease.Spec.RenewTime!.Value.Instant <= TimeSpan.FromSeconds(10));
        Assert.Equal(40, lease.Spec.LeaseDurationSeconds);
    }

    [Fact]
    public void A_pod_goes_from_pending_to_ready_and_its_events_tell_the_story()
    {
        lab.AddNode("node-1");
        lab.Run("web", NodeLab.Nginx());
        lab.RunFor(0.5);
        var early = lab.Pod("web").Status;
        Assert.Equal(("Pending", "ContainerCreating"), (early.Phase, early.ContainerStatuses[0].State!.Waiting!.Reason));
        Assert.Equal("containers with unready status: [web]", early.Conditions.Find(c => c.Type == "Ready")!.Message);

        Assert.True(lab.RunUntil(() => lab.Pod("web").Status.Phase == "Running"));
        lab.RunFor(1);
        var status = lab.Pod("web").Status;
        Assert.Equal("10.244.1.2", status.PodIP);
        Assert.Equal("10.128.0.1", status.HostIP);
        Assert.All(status.Conditions, c => Assert.Equal("True", c.Status));
        Assert.Equal(
            ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"],
            status.Conditions.Select(c => c.Type));
        Assert.StartsWith("docker.io/library/nginx@sha256:", status.ContainerStatuses[0].ImageID, StringComparison.Ordinal);
        var events = lab.Events("web");
        Assert.Equal("Normal Pulling: Pulling image \"nginx:1.27\"", events[0]);
        Assert.Matches("^Normal Pulled: Successfully pulled image \"nginx:1.27\" in [0-9.]+s \\([0-9.]+s including waiting\\)\\. Image size: 63132183 bytes\\.$", events[1]);
        Assert.Equal(["Normal Created: Created container: web", "Normal Started: Started container web"], events[2..]);
        Assert.Contains("nginx", lab.Api.Log(new ObjectKey("default", "web"), new LogOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_image_cures_a_pod_that_could_not_pull_the_old_one()
    {
        lab.AddNode("node-1");
        lab.Run("web", NodeLab.Nginx() with { Image = "nginx:nope" });
        Assert.True(lab.RunUntil(() => lab.Status("web").State!.Waiting?.Reason == "ImagePullBackOff"));
        SetImage("web", "nginx:1.27");
        lab.RunFor(10);
        Assert.NotNull(lab.Status("web").State!.Running);
        Assert.Equal("nginx:1.27", lab.Pod("web").Spec.Containers[0].Image);
    }

    [Fact]
    public void A_new_image_restarts_a_running_container()
    {
        lab.AddNode("node-1");
        lab.Run("web", NodeLab.Nginx());
        Assert.True(lab.RunUntil(() => lab.Status("web").State!.Running is not null));
        SetImage("web", "nginx:1.29");
        lab.RunFor(60);
        Assert.Contains("Normal Killing: Container web definition changed, will be restarted", lab.Events("web"));
        Assert.Equal(1, lab.Status("web").RestartCount);
        Assert.NotNull(lab.Status("web").State!.Running);
    }

    private void SetImage(string name, string image)
    {
        var pod = lab.Pod(name);
        lab.Api.Update(pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Image = image }] } });
    }

    [Fact]
    public void A_second_pod_finds_the_image_on_the_disk()
    {
        lab.AddNode("node-1");
        lab.Run("one", NodeLab.Nginx());
        lab.RunUntil(() => lab.Pod("one").Status.Phase == "Running");
        lab.Run("two", NodeLab.Nginx());
        lab.RunUntil(() => lab.Pod("two").Status.Phase == "Running");
        Assert.Equal("Normal Pulled: Container image \"nginx:1.27\" already present on machine", lab.Events("two")[0]);
    }

    [Fact]
    public void An_image_that_does_not_exist_backs_off_from_ten_seconds()
    {
        lab.AddNode("node-1");
        lab.Run("bad", new Container { Name = "web", Image = "my-image" });
        Assert.True(lab.RunUntil(() => lab.Status("bad").State!.Waiting?.Reason == "ErrImagePull"));
        Assert.True(lab.RunUntil(() => lab.Status("bad").State!.Waiting?.Reason == "ImagePullBackOff", 5));
        Assert.StartsWith("Back-off pulling image \"my-image\": ErrImagePull: rpc error: ", lab.Status("bad").State!.Waiting!.Message, StringComparison.Ordinal);
        Assert.Contains(lab.Events("bad"), e => e.StartsWith("Warning Failed: Failed to pull image \"my-image\": rpc error: code = Unknown desc = ", StringComparison.Ordinal));
        Assert.Contains("Normal BackOff: Back-off pulling image \"my-image\"", lab.Events("bad"));
        lab.RunFor(60);
        var pulls = Assert.Single(lab.Api.List<Event>("default"), e => e.Reason == "Pulling");
        Assert.InRange(pulls.Count, 3, 4);
    }

    [Fact]
    public void Two_servers_on_one_port_share_one_network_so_the_second_crashes()
    {
        lab.AddNode("node-1");
        lab.Run("pair", new PodSpec { Containers = [NodeLab.Nginx("first"), NodeLab.Nginx("second")] });
        Assert.True(lab.RunUntil(() => lab.Pod("pair").Status.ContainerStatuses is { Count: 2 } s && s[1].RestartCount > 1));
        Assert.Equal(1, lab.Status("pair", 1).LastState!.Terminated!.ExitCode);
        Assert.True(lab.Status("pair").Ready);
        var log = lab.Api.Log(new ObjectKey("default", "pair"), new LogOptions { Container = "second", Previous = true });
        Assert.Contains("bind() to 0.0.0.0:80 failed (98: Address already in use)", log, StringComparison.Ordinal);
    }

    [Fact]
    public void More_memory_than_the_limit_is_fatal()
    {
        lab.AddNode("node-1");
        lab.Run("hog", new Container
        {
            Name = "stress",
            Image = "polinux/stress",
            Command = ["stress"],
            Args = ["--vm", "1", "--vm-bytes", "150M", "--vm-hang", "1"],
            Resources = new() { Limits = ResourceList.Of(("memory", Quantity.Parse("100Mi"))) },
        });
        Assert.True(lab.RunUntil(() => lab.Status("hog").LastState?.Terminated is not null));
        var ended = lab.Status("hog").LastState!.Terminated!;
        Assert.Equal(("OOMKilled", 137), (ended.Reason, ended.ExitCode));
    }

    [Fact]
    public void A_missing_command_cannot_start()
    {
        lab.AddNode("node-1");
        lab.Run("typo", NodeLab.Nginx() with { Command = ["foo"] });
        Assert.True(lab.RunUntil(() => lab.Status("typo").State!.Waiting?.Reason == "RunContainerError"));
        Assert.True(lab.RunUntil(() => lab.Status("typo").LastState?.Terminated is { ExitCode: 128, Reason: "StartError" }));
        Assert.Contains(lab.Events("typo"), e => e.Contains("exec: \"foo\": executable file not found in $PATH", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pod_that_may_not_restart_succeeds_or_fails()
    {
        lab.AddNode("node-1");
        lab.Run("good", NodeLab.Shell("echo done; sleep 5"), s => s with { RestartPolicy = "Never" });
        lab.Run("bad", NodeLab.Shell("exit 3"), s => s with { RestartPolicy = "Never" });
        lab.RunFor(60);
        Assert.Equal(("Succeeded", "Completed"), (lab.Pod("good").Status.Phase, lab.Status("good").State!.Terminated!.Reason));
        Assert.Equal("PodCompleted", lab.Pod("good").Status.Conditions.Find(c => c.Type == "Ready")!.Reason);
        Assert.Equal(("Failed", 3), (lab.Pod("bad").Status.Phase, lab.Status("bad").State!.Terminated!.ExitCode));
        Assert.Equal("done\n", lab.Api.Log(new ObjectKey("default", "good"), new LogOptions()));
    }

    [Fact]
    public void Deleting_a_server_is_graceful_and_a_shell_that_ignores_the_signal_is_killed()
    {
        lab.AddNode("node-1");
        lab.Run("web", NodeLab.Nginx());
        lab.Run("loop", NodeLab.Shell("while true; do sleep 1; done"));
        lab.RunFor(30);
        lab.Api.Delete<Pod>("default", "web");
        lab.Api.Delete<Pod>("default", "loop");
        lab.RunFor(5);
        Assert.Null(lab.Api.Find<Pod>("default", "web"));
        Assert.NotNull(lab.Api.Find<Pod>("default", "loop"));
        Assert.Contains("Normal Killing: Stopping container web", lab.Events("web"));
        lab.RunFor(30);
        Assert.Null(lab.Api.Find<Pod>("default", "loop"));
    }

    [Fact]
    public void Init_containers_run_in_order_and_sidecars_stay()
    {
        lab.AddNode("node-1");
        lab.Run("app", new PodSpec
        {
            InitContainers =
            [
                NodeLab.Shell("sleep 2", "first"),
                NodeLab.Shell("while true; do sleep 5; done", "proxy") with { RestartPolicy = "Always" },
                NodeLab.Shell("sleep 1", "second"),
            ],
            Containers = [NodeLab.Nginx()],
        });
        Assert.True(lab.RunUntil(() => lab.Pod("app").Status.InitContainerStatuses is { Count: 3 } s && s[0].State?.Running is not null));
        Assert.Equal("PodInitializing", lab.Status("app").State!.Waiting!.Reason);
        Assert.Equal("containers with incomplete status: [first proxy second]", lab.Pod("app").Status.Conditions.Find(c => c.Type == "Initialized")!.Message);
        Assert.True(lab.RunUntil(() => lab.Pod("app").Status.Phase == "Running"));
        lab.RunFor(2);
        var init = lab.Pod("app").Status.InitContainerStatuses;
        Assert.Equal(("Completed", true, "Completed"), (init[0].State!.Terminated!.Reason, init[1].State!.Running is not null, init[2].State!.Terminated!.Reason));
        Assert.All(lab.Pod("app").Status.Conditions, c => Assert.Equal("True", c.Status));
    }

    [Fact]
    public void A_dead_machine_tells_nobody_and_its_containers_start_again_when_it_returns()
    {
        var kubelet = lab.AddNode("node-1");
        lab.Run("web", NodeLab.Nginx());
        lab.RunUntil(() => lab.Pod("web").Status.Phase == "Running");
        kubelet.PowerOff();
        lab.RunFor(120);
        var lease = lab.Api.Get<Lease>("kube-node-lease", "node-1");
        Assert.True(lab.Clock.Now - lease.Spec.RenewTime!.Value.Instant >= TimeSpan.FromSeconds(110));
        Assert.Equal("Running", lab.Pod("web").Status.Phase);
        kubelet.PowerOn();
        lab.RunFor(20);
        Assert.Equal((1, true), (lab.Status("web").RestartCount, lab.Status("web").Ready));
        Assert.Equal(255, lab.Status("web").LastState!.Terminated!.ExitCode);
    }

    [Fact]
    public void A_cut_network_leaves_containers_running_and_heals()
    {
        var kubelet = lab.AddNode("node-1");
        lab.Run("web", NodeLab.Nginx());
        lab.RunUntil(() => lab.Pod("web").Status.Phase == "Running");
        kubelet.CutNetwork();
        lab.RunFor(60);
        Assert.Throws<ApiException>(() => lab.Api.Log(new ObjectKey("default", "web"), new LogOptions()));
        lab.Api.Delete<Pod>("default", "web");
        lab.RunFor(60);
        Assert.NotNull(lab.Pod("web").Metadata.DeletionTimestamp);
        kubelet.RestoreNetwork();
        lab.RunFor(60);
        Assert.Null(lab.Api.Find<Pod>("default", "web"));
    }

    [Fact]
    public void A_stopped_kubelet_leaves_containers_alone_and_learns_of_their_end_later()
    {
        var kubelet = lab.AddNode("node-1");
        lab.Run("job", NodeLab.Shell("sleep 30"), s => s with { RestartPolicy = "Never" });
        lab.RunUntil(() => lab.Pod("job").Status.Phase == "Running");
        kubelet.StopKubelet();
        lab.RunFor(120);
        Assert.Equal("Running", lab.Pod("job").Status.Phase);
        kubelet.StartKubelet();
        lab.RunFor(5);
        Assert.Equal("Succeeded", lab.Pod("job").Status.Phase);
        Assert.Equal(0, lab.Status("job").RestartCount);
    }

    [Fact]
    public void Usage_is_throttled_at_the_limit()
    {
        var kubelet = lab.AddNode("node-1");
        lab.Run("burn", new Container
        {
            Name = "burn",
            Image = "kubelab/server",
            Env = [new EnvVar { Name = "CPU_MILLIS", Value = "900" }, new EnvVar { Name = "MEMORY_MIB", Value = "100" }],
            Resources = new() { Limits = ResourceList.Of(("cpu", Quantity.Parse("500m"))) },
        });
        lab.RunFor(30);
        var use = Assert.Single(kubelet.Server.Usage().Pods);
        Assert.Equal((500L, 100L << 20), (use.CpuMillis, use.MemoryBytes));
    }

    [Fact]
    public void A_pod_that_does_not_fit_is_refused_by_the_kubelet_itself()
    {
        lab.AddNode("node-1", cpu: "2");
        lab.Run("big", NodeLab.Nginx() with { Resources = new() { Requests = ResourceList.Of(("cpu", Quantity.Parse("3"))) } });
        lab.RunFor(5);
        var status = lab.Pod("big").Status;
        Assert.Equal(("Failed", "OutOfcpu"), (status.Phase, status.Reason));
        Assert.Equal("Pod was rejected: Node didn't have enough resource: cpu, requested: 3000, used: 0, capacity: 2000", status.Message);
    }

    [Fact]
    public void A_deadline_ends_a_pod()
    {
        lab.AddNode("node-1");
        lab.Run("slow", NodeLab.Nginx(), s => s with { ActiveDeadlineSeconds = 20 });
        lab.RunFor(40);
        Assert.Equal(("Failed", "DeadlineExceeded"), (lab.Pod("slow").Status.Phase, lab.Pod("slow").Status.Reason));
    }
}
