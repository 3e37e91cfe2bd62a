using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.Nodes.Volumes;

public sealed class EmptyDirsTests
{
    private readonly NodeLab lab = new();

    public EmptyDirsTests() => lab.AddNode("node-1");

    [Fact]
    public void What_an_init_container_writes_the_container_reads()
    {
        var spec = Spec(Container("reader", "cat /data/greeting; ls /data", "/data"));
        lab.Run("pod", spec with { InitContainers = [Container("init", "mkdir /out/sub; echo hello > /out/greeting", "/out")] });
        lab.RunFor(30);
        Assert.Equal("hello\ngreeting\nsub\n", Log("reader"));
    }

    [Fact]
    public void A_container_waits_for_what_its_neighbour_writes_and_goes_on_at_that_instant()
    {
        lab.Run("pod", Spec(
            Container("writer", "sleep 40; echo now > /out/signal; sleep 1000", "/out"),
            Container("reader", "until [ -f /in/signal ]; do sleep 1; done; cat /in/signal; date +%s", "/in")));
        Assert.True(lab.RunUntil(() => lab.Status("pod", 1).State!.Terminated is not null));
        var (writer, reader) = (lab.Status("pod"), lab.Status("pod", 1));
        Assert.InRange((reader.State!.Terminated!.FinishedAt!.Value.Instant - writer.State!.Running!.StartedAt!.Value.Instant).TotalSeconds, 39, 42);
        Assert.StartsWith("now\n", Log("reader"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_one_appends_the_other_reads_again_and_again()
    {
        lab.Run("pod", Spec(
            Container("writer", "i=0; while true; do i=$((i+1)); echo line $i >> /logs/app.log; sleep 10; done", "/logs"),
            Container("reader", "while true; do wc -l < /logs/app.log; sleep 20; done", "/logs")));
        lab.RunFor(120);
        var lines = Log("reader").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => int.Parse(l, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.True(lines.Count >= 5);
        Assert.All(lines.Zip(lines.Skip(1), (earlier, later) => later - earlier), more => Assert.Equal(2, more));
    }

    [Fact]
    public void The_directory_survives_its_containers_and_not_its_pod()
    {
        lab.Run("pod", Spec(Container("c", "echo run >> /data/runs; wc -l < /data/runs; exit 1", "/data")));
        Assert.True(lab.RunUntil(() => lab.Status("pod").RestartCount == 2 && lab.Status("pod").State!.Running is null));
        Assert.Equal("3\n", Log("c"));
    }

    [Fact]
    public void Only_what_is_mounted_is_shared()
    {
        lab.Run("pod", Spec(
            Container("writer", "echo private > /tmp/x; echo shared > /out/x; sleep 1000", "/out"),
            Container("reader", "sleep 5; cat /tmp/x; cat /in/x; cat /out/x", "/in")));
        Assert.True(lab.RunUntil(() => lab.Status("pod", 1).State!.Terminated is not null));
        Assert.Equal("cat: can't open '/tmp/x': No such file or directory\nshared\ncat: can't open '/out/x': No such file or directory\n", Log("reader"));
    }

    [Fact]
    public void Who_keeps_more_than_the_limit_is_evicted_at_the_next_look()
    {
        const string Fill = "x=0123456789012345678901234567890123456789; while true; do echo $x$x$x$x >> /cache/f; sleep 5; done";
        var spec = Spec(Container("c", Fill, "/cache"));
        lab.Run("pod", spec with { Volumes = [spec.Volumes[0] with { EmptyDir = new EmptyDirVolumeSource { SizeLimit = Quantity.Parse("1Ki") } }] });
        Assert.True(lab.RunUntil(() => lab.Pod("pod").Status.Phase == "Failed"));
        Assert.Equal(("Evicted", "Usage of EmptyDir volume \"shared\" exceeds the limit \"1Ki\". "), (lab.Pod("pod").Status.Reason, lab.Pod("pod").Status.Message));
        Assert.Contains("Warning Evicted: Usage of EmptyDir volume \"shared\" exceeds the limit \"1Ki\". ", lab.Events("pod"));
        Assert.False(lab.Pod("pod").Status.Conditions.Exists(c => c.Type == "DisruptionTarget"));
    }

    private static PodSpec Spec(params ReadOnlySpan<Container> containers) => new()
    {
        Containers = ValueList.Create(containers),
        RestartPolicy = "OnFailure",
        Volumes = [new Volume { Name = "shared", EmptyDir = new EmptyDirVolumeSource() }],
    };

    private static Container Container(string name, string script, string mount) =>
        NodeLab.Shell(script, name) with { VolumeMounts = [new VolumeMount { Name = "shared", MountPath = mount }] };

    private string Log(string container) => lab.Api.Log(new ObjectKey("default", "pod"), new LogOptions { Container = container });
}
