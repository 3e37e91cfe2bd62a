using KubeLab.Api.Core;

namespace KubeLab.Tests.Nodes;

public sealed class ProbeTests
{
    private readonly NodeLab lab = new();

    public ProbeTests() => lab.AddNode("node-1");

    [Fact]
    public void A_wrong_port_makes_a_liveness_probe_kill_again_and_again()
    {
        lab.Run("web", NodeLab.Nginx() with { LivenessProbe = Http(8080) });
        Assert.True(lab.RunUntil(() => lab.Status("web").RestartCount >= 2));
        var events = lab.Events("web");
        Assert.Contains("Warning Unhealthy: Liveness probe failed: Get \"http://10.244.1.2:8080/\": dial tcp 10.244.1.2:8080: connect: connection refused", events);
        Assert.Contains("Normal Killing: Container web failed liveness probe, will be restarted", events);
    }

    [Fact]
    public void A_slow_starter_is_unready_until_it_listens_and_then_costs_no_events()
    {
        lab.Run("slow", new Container
        {
            Name = "web",
            Image = "kubelab/server",
            Env = [new EnvVar { Name = "STARTUP_SECONDS", Value = "25" }],
            ReadinessProbe = Http(8080) with { PeriodSeconds = 5 },
        });
        Assert.True(lab.RunUntil(() => lab.Pod("slow").Status.Phase == "Running"));
        Assert.False(lab.Status("slow").Ready);
        Assert.True(lab.RunUntil(() => lab.Status("slow").Ready, 60));
        var before = lab.Clock.EventsRun;
        lab.RunFor(600);
        Assert.InRange(lab.Clock.EventsRun - before, 0, 400);
    }

    [Fact]
    public void A_startup_probe_protects_a_slow_starter_from_its_liveness_probe()
    {
        lab.Run("slow", new Container
        {
            Name = "web",
            Image = "kubelab/server",
            Env = [new EnvVar { Name = "STARTUP_SECONDS", Value = "60" }],
            StartupProbe = Http(8080) with { PeriodSeconds = 10, FailureThreshold = 30 },
            LivenessProbe = Http(8080) with { PeriodSeconds = 5 },
        });
        lab.RunFor(120);
        Assert.Equal((0, true), (lab.Status("slow").RestartCount, lab.Status("slow").Ready));
    }

    [Fact]
    public void The_exec_probe_of_the_documentation_fails_when_the_file_is_removed()
    {
        lab.Run("liveness", NodeLab.Shell("touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600") with
        {
            LivenessProbe = new Probe { Exec = new ExecAction { Command = ["cat", "/tmp/healthy"] }, InitialDelaySeconds = 5, PeriodSeconds = 5 },
        });
        Assert.True(lab.RunUntil(() => lab.Status("liveness").RestartCount == 1));
        Assert.Contains("Warning Unhealthy: Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory", lab.Events("liveness"));
    }

    private static Probe Http(int port) => new() { HttpGet = new HttpGetAction { Port = port }, PeriodSeconds = 3, FailureThreshold = 3 };
}
