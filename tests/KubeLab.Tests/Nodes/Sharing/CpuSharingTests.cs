using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.Nodes.Sharing;

public sealed class CpuSharingTests
{
    private readonly NodeLab lab = new();

    [Fact]
    public void A_job_with_half_the_cpu_takes_twice_as_long_and_speeds_up_when_its_neighbour_ends()
    {
        // 2,060 thousandths, of which the system takes 60: each job wants 2,000 and gets 1,000.
        lab.AddNode("node-1", cpu: "2060m");
        lab.Run("short", Job(60, 2000), Once);
        lab.Run("long", Job(120, 2000), Once);
        Assert.True(lab.RunUntil(() => Ended("long")));
        Assert.InRange(Seconds("short"), 118, 121);

        // It shared for 120 s, which was 60 s of its work, and did the rest alone.
        Assert.InRange(Seconds("long"), 178, 181);
    }

    [Fact]
    public void A_job_that_nobody_disturbs_takes_its_time_to_the_tick()
    {
        lab.AddNode("node-1", cpu: "2060m");
        lab.Run("a", Job(60, 1000), Once);
        lab.Run("b", Job(60, 1000), Once);
        lab.RunUntil(() => Ended("a") && Ended("b"));
        Assert.Equal(60, Seconds("a"));
        Assert.Equal(60, Seconds("b"));
    }

    [Fact]
    public void Requests_decide_who_is_slowed_down()
    {
        lab.AddNode("node-1", cpu: "2060m");
        lab.Run("asked", Job(60, 1500, request: "1500m"), Once);
        lab.Run("did-not", Job(60, 1500), Once);
        lab.RunUntil(() => Ended("asked"));
        Assert.InRange(Seconds("asked"), 60, 61);
        lab.RunUntil(() => Ended("did-not"));
        Assert.InRange(Seconds("did-not"), 99, 101);
    }

    [Fact]
    public void What_is_shown_as_used_is_what_was_given_and_never_more_than_there_is()
    {
        var kubelet = lab.AddNode("node-1", cpu: "2060m");
        lab.Run("a", Server(3000, request: "750m"));
        lab.Run("b", Server(3000, request: "250m"));
        lab.RunFor(60);
        var usage = kubelet.Server.Usage();
        Assert.Equal([1500L, 500L], usage.Pods.Select(p => p.CpuMillis));
        Assert.Equal(2060, usage.CpuMillis);
        Assert.Equal((usage.CpuMillis, usage.MemoryBytes), (kubelet.TotalUse!.CpuMillis, kubelet.TotalUse.MemoryBytes));
        kubelet.CutNetwork();
        Assert.Null(kubelet.TotalUse);
    }

    [Fact]
    public void Cpu_time_is_counted_as_it_was_given_before_and_after_a_neighbour_came()
    {
        var kubelet = lab.AddNode("node-1", cpu: "2060m");
        lab.Run("a", Server(3000, request: "500m"));
        lab.RunFor(60);
        var (first, at) = (CpuTimeOf("a"), lab.Clock.Now);
        lab.RunFor(10);
        Assert.Equal(20, CpuTimeOf("a") - first, 6);
        lab.Run("b", Server(3000, request: "500m"));
        lab.RunFor(60);
        var alone = kubelet.Server.Stats().Containers.Single(c => c.Pod.Name == "b").StartedAt - at;
        Assert.InRange(CpuTimeOf("a") - first, (2 * alone.TotalSeconds) + (70 - alone.TotalSeconds) - 2.5, (2 * alone.TotalSeconds) + (70 - alone.TotalSeconds) + 2.5);

        double CpuTimeOf(string pod) => kubelet.Server.Stats().Containers.Single(c => c.Pod.Name == pod).CpuNanoseconds / 1e9;
    }

    [Fact]
    public void A_limit_throttles_first_and_what_it_leaves_is_for_others()
    {
        var kubelet = lab.AddNode("node-1", cpu: "2060m");
        lab.Run("bounded", Server(3000) with { Resources = new() { Limits = List("500m"), Requests = List("500m") } });
        lab.Run("free", Server(3000, request: "100m"));
        lab.RunFor(60);
        Assert.Equal([500L, 1500L], kubelet.Server.Usage().Pods.Select(p => p.CpuMillis));
    }

    [Fact]
    public void A_busy_script_gets_less_done_on_a_crowded_node()
    {
        const string Count = "i=0; while [ $i -lt 3000 ]; do i=$((i+1)); done; echo done";
        lab.AddNode("node-1", cpu: "2060m");
        lab.AddNode("node-2", cpu: "2060m", number: 2);
        lab.Run("crowd", Server(9000, request: "1000m"));
        lab.RunUntil(() => lab.Pod("crowd").Status.Phase == "Running");
        lab.RunFor(5);
        lab.Run("slow", NodeLab.Shell(Count) with { Resources = new() { Requests = List("100m") } }, Once);
        lab.Run("fast", NodeLab.Shell(Count), Once, "node-2");
        Assert.True(lab.RunUntil(() => Ended("slow") && Ended("fast")));
        Assert.True(Seconds("slow") > 2 * Seconds("fast"), $"{Seconds("slow")} against {Seconds("fast")}");
        Assert.Equal("done\n", lab.Api.Log(new ObjectKey("default", "slow"), new LogOptions()));
    }

    [Fact]
    public void A_server_starts_slowly_on_a_crowded_node()
    {
        lab.AddNode("node-1", cpu: "1060m");
        lab.Run("crowd", Server(4000, request: "1000m"));
        lab.RunUntil(() => lab.Pod("crowd").Status.Phase == "Running");
        lab.RunFor(5);
        lab.Run("web", Server(50) with
        {
            Env = [new EnvVar { Name = "STARTUP_SECONDS", Value = "2" }],
            ReadinessProbe = new Probe { HttpGet = new HttpGetAction { Port = 8080 }, PeriodSeconds = 1 },
        });
        Assert.True(lab.RunUntil(() => lab.Pod("web").Status.Phase == "Running"));
        lab.RunFor(20);
        Assert.False(lab.Status("web").Ready);
        Assert.True(lab.RunUntil(() => lab.Status("web").Ready));
    }

    [Fact]
    public void A_node_that_has_enough_does_nothing_about_it()
    {
        lab.AddNode("node-1", cpu: "16");
        lab.RunFor(60);
        var before = EventsIn(3600);
        for (var i = 0; i < 20; i++)
        {
            lab.Run($"web-{i}", Server(500));
        }

        lab.RunFor(60);
        Assert.Equal(before, EventsIn(3600));
    }

    private long EventsIn(double seconds)
    {
        var before = lab.Clock.EventsRun;
        lab.RunFor(seconds);
        return lab.Clock.EventsRun - before;
    }

    private static PodSpec Once(PodSpec spec) => spec with { RestartPolicy = "Never" };

    private bool Ended(string name) => lab.Status(name).State!.Terminated is not null;

    private double Seconds(string name)
    {
        var ended = lab.Status(name).State!.Terminated!;
        return (ended.FinishedAt!.Value.Instant - ended.StartedAt!.Value.Instant).TotalSeconds;
    }

    private static Container Job(int seconds, int cpu, string? request = null) => new()
    {
        Name = "job",
        Image = "kubelab/job",
        Env = [new EnvVar { Name = "DURATION_SECONDS", Value = $"{seconds}" }, new EnvVar { Name = "CPU_MILLIS", Value = $"{cpu}" }],
        Resources = new() { Requests = request is null ? default : List(request) },
    };

    private static Container Server(int cpu, string? request = null) => new()
    {
        Name = "server",
        Image = "kubelab/server",
        Env = [new EnvVar { Name = "CPU_MILLIS", Value = $"{cpu}" }],
        Resources = new() { Requests = request is null ? default : List(request) },
    };

    private static ResourceList List(string cpu) => ResourceList.Of(("cpu", Quantity.Parse(cpu)));
}
