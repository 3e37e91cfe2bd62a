using System.Text;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.Nodes.Streams;

public sealed class FollowTests
{
    private static readonly ObjectKey Web = new("default", "web");
    private readonly NodeLab lab = new();

    public FollowTests() => lab.AddNode("node-1");

    [Fact]
    public void Each_line_is_told_when_it_is_written_and_the_log_ends_with_its_container()
    {
        Run("for i in 1 2 3 4 5; do echo $i; sleep 10; done");
        var heard = new Heard(Follow(new LogOptions()));
        var first = heard.Out.ToString().Length / 2;
        Assert.InRange(first, 1, 4);
        for (var told = first + 1; told <= 5; told++)
        {
            Assert.True(lab.RunUntil(() => heard.Out.Length > 2 * (told - 1), 11));
            Assert.Equal(2 * told, heard.Out.Length);
        }

        Assert.Null(heard.Result);
        lab.RunFor(11);
        Assert.Equal(("1\n2\n3\n4\n5\n", 0), (heard.Out.ToString(), heard.ExitCode));
    }

    [Fact]
    public void A_slow_reader_gets_every_line_once_and_nothing_is_kept_for_it()
    {
        Run("i=0; while true; do i=$((i+1)); echo $i; sleep 1; done");
        var stream = Follow(new LogOptions());
        var heard = new Heard(stream, pauses: true);
        lab.RunFor(1000);
        Assert.Equal(1, heard.Pieces);
        stream.Resume();
        lab.RunFor(10);
        stream.Resume();
        var lines = heard.Out.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(1, lines.Length).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)), lines);
        Assert.True(lines.Length > 1000);
    }

    [Theory]
    [InlineData(0, null, "")]
    [InlineData(2, null, "4\n5\n")]
    [InlineData(null, 3L, "1\n2")]
    [InlineData(1, 100L, "5\n")]
    public void Tail_and_limit_choose_what_comes_first(int? tail, long? limit, string expected)
    {
        Run("for i in 1 2 3 4 5; do echo $i; done; sleep 100; echo later");
        var heard = new Heard(Follow(new LogOptions { TailLines = tail, LimitBytes = limit }));
        Assert.Equal(expected, heard.Out.ToString());
        Assert.Equal(expected, lab.Api.Log(Web, new LogOptions { TailLines = tail, LimitBytes = limit }));
        lab.RunFor(120);
        Assert.Equal(limit == 3 ? expected : expected + "later\n", heard.Out.ToString());
        Assert.Equal(0, heard.ExitCode);
    }

    [Fact]
    public void Since_a_time_means_from_that_line_on()
    {
        Run("echo old; sleep 20; echo young; sleep 1000");
        lab.RunFor(30);
        var started = lab.Status("web").State!.Running!.StartedAt!.Value.Instant;
        Assert.Equal("young\n", lab.Api.Log(Web, new LogOptions { SinceTime = started.AddSeconds(10) }));
        Assert.Equal("young\n", new Heard(Follow(new LogOptions { SinceSeconds = 30 })).Out.ToString());
    }

    [Fact]
    public void The_log_of_the_run_before_is_told_and_ends()
    {
        Run("echo out; exit 1");
        lab.RunUntil(() => lab.Status("web").RestartCount > 0);
        Assert.Equal(("out\n", 0), (new Heard(Follow(new LogOptions { Previous = true })).Out.ToString(), new Heard(Follow(new LogOptions { Previous = true })).ExitCode));
    }

    [Theory]
    [InlineData(-1, null, null, "PodLogOptions \"web\" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData(null, 0L, null, "PodLogOptions \"web\" is invalid: limitBytes: Invalid value: 0: must be greater than 0")]
    [InlineData(null, null, 0L, "PodLogOptions \"web\" is invalid: sinceSeconds: Invalid value: 0: must be greater than 0")]
    public void Options_that_make_no_sense_are_refused_by_name(int? tail, long? limit, long? since, string message)
    {
        Run("sleep 100");
        var options = new LogOptions { TailLines = tail, LimitBytes = limit, SinceSeconds = since };
        Assert.Equal(message, Assert.Throws<ApiException>(() => Follow(options)).Message);
    }

    [Fact]
    public void A_terminal_that_is_attached_types_to_the_containers_own_shell_and_its_end_is_the_containers()
    {
        lab.Run(
            "web",
            new Container { Name = "web", Image = "busybox:1.36", Command = ["sh"], Stdin = true, StdinOnce = true, TTY = true },
            s => s with { RestartPolicy = "Never" });
        lab.RunFor(30);
        Assert.NotNull(lab.Status("web").State!.Running);
        var stream = Attach(stdin: true);
        var heard = new Heard(stream);
        stream.Write(Encoding.UTF8.GetBytes("echo $((6*7))\r"));
        lab.RunFor(1);
        Assert.Equal("echo $((6*7))\r\n42\r\n/ # ", heard.Out.ToString());
        stream.Write(Encoding.UTF8.GetBytes("exit 5\r"));
        lab.RunFor(2);
        Assert.Equal((0, 5), (heard.ExitCode, lab.Status("web").State!.Terminated!.ExitCode));
        Assert.Contains("42", lab.Api.Log(Web, new LogOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public void Input_that_ends_with_its_only_client_ends_the_program_that_reads_it()
    {
        lab.Run("web", new Container { Name = "web", Image = "busybox:1.36", Command = ["cat"], Stdin = true, StdinOnce = true }, s => s with { RestartPolicy = "Never" });
        lab.RunFor(30);
        var stream = Attach(stdin: true);
        var heard = new Heard(stream);
        stream.Write(Encoding.UTF8.GetBytes("through\n"));
        Assert.Equal("through\n", heard.Out.ToString());
        stream.CloseInput();
        lab.RunFor(2);
        Assert.Equal((0, 0), (heard.ExitCode, lab.Status("web").State!.Terminated!.ExitCode));
    }

    private void Run(string script)
    {
        lab.Run("web", NodeLab.Shell(script), s => s with { RestartPolicy = script.Contains("exit 1", StringComparison.Ordinal) ? "Always" : "Never" });
        lab.RunUntil(() => lab.Status("web").State?.Running is not null || lab.Status("web").RestartCount > 0, 60);
        lab.RunFor(2);
    }

    private ContainerStream Follow(LogOptions options) => lab.Server.ConnectAs("kubernetes-admin").FollowLog(Web, options)!;

    private ContainerStream Attach(bool stdin) =>
        lab.Server.ConnectAs("kubernetes-admin").Attach(Web, new ProcessOptions { Stdin = stdin, Stdout = true, Tty = true });
}
