using System.Text;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Nodes;

namespace KubeLab.Tests.Nodes.Streams;

public sealed class ExecTests
{
    private static readonly ObjectKey Web = new("default", "web");
    private readonly NodeLab lab = new();
    private readonly Kubelet kubelet;

    public ExecTests()
    {
        kubelet = lab.AddNode("node-1");
        lab.Api.Create(new ConfigMap { Metadata = new() { Name = "settings", Namespace = "default" }, Data = StringMap.Of(("key", "value")) });
        lab.Run("web", NodeLab.Nginx() with { VolumeMounts = [new VolumeMount { Name = "v", MountPath = "/etc/settings" }] }, s => s with
        {
            Volumes = [new Volume { Name = "v", ConfigMap = new() { Name = "settings" } }],
        });
        lab.RunFor(30);
    }

    [Theory]
    [InlineData("echo hi; echo no >&2; exit 3", 3, "hi\n", "no\n")]
    [InlineData("printf 'no end'", 0, "no end", "")]
    [InlineData("cat /etc/hostname", 0, "web\n", "")]
    [InlineData("hostname; pwd; cd /tmp && pwd; whoami", 0, "web\n/\n/tmp\nroot\n", "")]
    [InlineData("cat /etc/settings/key; ls /etc/settings", 0, "valuekey\n", "")]
    [InlineData("ls /nowhere", 1, "", "ls: /nowhere: No such file or directory\n")]
    [InlineData("nope", 127, "", "sh: nope: not found\n")]
    [InlineData("echo $HOSTNAME | wc -c", 0, "4\n", "")]
    [InlineData("printf 'b\\na\\nb\\n' | sort | uniq -c", 0, "      1 a\n      2 b\n", "")]
    [InlineData("printf '1 2 3\\n' | while read a b; do echo $b; done", 0, "2 3\n", "")]
    [InlineData("mkdir -p /data/a; echo x > /data/a/f; ls /data; test -d /data/a && echo dir", 0, "a\ndir\n", "")]
    [InlineData("cd /nowhere", 2, "", "sh: cd: can't cd to /nowhere: No such file or directory\n")]
    [InlineData("cp /etc/hostname /tmp && cat /tmp/hostname", 0, "web\n", "")]
    [InlineData("which sh nginx nope", 1, "/bin/sh\n/usr/bin/nginx\n", "")]
    [InlineData("ps | tail -n 1", 0, "    7 root      0:00 ps\n", "")]
    [InlineData("if true; then", 2, "", "sh: syntax error: unexpected end of file\n")]
    [InlineData("x=$(while true; do :; done)", 2, "", "sh: gave up after 100001 commands in a substitution, which has to end before the script goes on\n")]
    [InlineData("seq 1 99999999999", 1, "", "seq: this lab counts to 1000000 at most\n")]
    public void A_command_answers_at_once_as_in_a_container(string script, int exitCode, string output, string errors)
    {
        var heard = new Heard(Exec("sh", "-c", script));
        Assert.Equal((exitCode, output, errors), (heard.ExitCode, heard.Out.ToString(), heard.Error.ToString()));
    }

    [Fact]
    public void What_is_not_in_the_image_is_refused_in_the_runtimes_words()
    {
        var heard = new Heard(Exec("nope"));
        Assert.Equal(-1, heard.ExitCode);
        Assert.Matches(
            "^Internal error occurred: error executing command in container: failed to exec in container: failed to start exec \"[0-9a-f]{64}\": "
            + "OCI runtime exec failed: exec failed: unable to start container process: exec: \"nope\": executable file not found in \\$PATH: unknown$",
            heard.Result!.Message);
        Assert.Contains("stat /bin/nope: no such file or directory", new Heard(Exec("/bin/nope")).Result!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sleep_takes_the_clusters_time_and_what_was_written_before_is_told_before()
    {
        var heard = new Heard(Exec("sh", "-c", "echo a; sleep 60; echo b"));
        Assert.Equal(("a\n", null), (heard.Out.ToString(), heard.ExitCode));
        lab.RunFor(59);
        Assert.Equal("a\n", heard.Out.ToString());
        lab.RunFor(2);
        Assert.Equal(("a\nb\n", 0), (heard.Out.ToString(), heard.ExitCode));
    }

    [Fact]
    public void An_endless_command_gives_the_cluster_its_time_and_ends_when_the_client_leaves()
    {
        var stream = Exec("sh", "-c", "while true; do echo x; done");
        var heard = new Heard(stream);
        lab.RunFor(10);
        Assert.InRange(heard.Out.Length, 2 * 5_000, 2 * 50_000);
        var before = heard.Out.Length;
        stream.Dispose();
        lab.RunFor(10);
        Assert.Equal((before, null), (heard.Out.Length, heard.Result));
    }

    [Fact]
    public void A_reader_that_is_full_is_told_nothing_more_until_it_asks()
    {
        var stream = Exec("sh", "-c", "while true; do echo x; sleep 1; done");
        var heard = new Heard(stream, pauses: true);
        lab.RunFor(600);
        Assert.Equal(("x\n", 1), (heard.Out.ToString(), heard.Pieces));
        stream.Resume();
        lab.RunFor(5);
        Assert.Equal(2, heard.Pieces);
    }

    [Fact]
    public void Input_reaches_the_command_as_it_comes()
    {
        var cat = Exec(new ProcessOptions { Command = ["cat"], Stdin = true, Stdout = true });
        var heard = new Heard(cat);
        cat.Write(Encoding.UTF8.GetBytes("gr"));
        cat.Write(new byte[] { 0xC3 });
        cat.Write(new byte[] { 0xBC, (byte)'n', (byte)'\n' });
        Assert.Equal(("grün\n", null), (heard.Out.ToString(), heard.ExitCode));
        cat.CloseInput();
        Assert.Equal(0, heard.ExitCode);

        var count = Exec(new ProcessOptions { Command = ["sh", "-c", "wc -l; echo done"], Stdin = true, Stdout = true });
        heard = new Heard(count);
        count.Write(Encoding.UTF8.GetBytes("a\nb\n"));
        Assert.Equal("", heard.Out.ToString());
        count.CloseInput();
        Assert.Equal("2\ndone\n", heard.Out.ToString());
    }

    [Fact]
    public void A_shell_runs_the_lines_that_it_is_given()
    {
        var shell = Exec(new ProcessOptions { Command = ["sh"], Stdin = true, Stdout = true, Stderr = true });
        var heard = new Heard(shell);
        shell.Write(Encoding.UTF8.GetBytes("cd /tmp\nx=1\nif [ $x = 1 ]; then\necho yes\nfi\nnope\npwd\nexit 4\necho never\n"));
        Assert.Equal((4, "yes\n/tmp\n", "sh: nope: not found\n"), (heard.ExitCode, heard.Out.ToString(), heard.Error.ToString()));
    }

    [Fact]
    public void A_terminal_prompts_echoes_mends_and_interrupts()
    {
        var shell = Exec(new ProcessOptions { Command = ["sh"], Stdin = true, Stdout = true, Tty = true });
        var heard = new Heard(shell);
        Assert.Equal("/ # ", heard.Out.ToString());
        shell.Write(Encoding.UTF8.GetBytes("echo hix\u007f\r"));
        Assert.Equal("/ # echo hix\b \b\r\nhi\r\n/ # ", heard.Out.ToString());
        heard.Out.Clear();
        shell.Write(Encoding.UTF8.GetBytes("sleep 1000\r"));
        lab.RunFor(5);
        shell.Write(new byte[] { 3 });
        Assert.Equal("sleep 1000\r\n^C\r\n/ # ", heard.Out.ToString());
        shell.Write(new byte[] { 4 });
        Assert.Equal(130, heard.ExitCode);
    }

    [Fact]
    public void Files_stay_for_the_next_command_and_for_the_program()
    {
        _ = new Heard(Exec("sh", "-c", "echo kept > /tmp/f"));
        Assert.Equal("kept\n", new Heard(Exec("cat", "/tmp/f")).Out.ToString());

        lab.Run("waiter", NodeLab.Shell("until [ -f /tmp/go ]; do sleep 1; done; cat /tmp/go"));
        lab.RunFor(60);
        _ = new Heard(Exec(new ProcessOptions { Command = ["sh", "-c", "echo went > /tmp/go"] }, "waiter"));
        lab.RunFor(3);
        Assert.Equal("went\n", lab.Api.Log(new ObjectKey("default", "waiter"), new LogOptions { Previous = lab.Status("waiter").RestartCount > 0 }));
    }

    [Fact]
    public void A_probe_finds_what_a_command_did_to_its_file()
    {
        var probe = new Probe { Exec = new() { Command = ["cat", "/tmp/healthy"] }, PeriodSeconds = 5, FailureThreshold = 1 };
        lab.Run("sick", NodeLab.Nginx() with { ReadinessProbe = probe });
        lab.RunFor(60);
        Assert.False(lab.Status("sick").Ready);
        _ = new Heard(Exec(new ProcessOptions { Command = ["touch", "/tmp/healthy"] }, "sick"));
        lab.RunFor(6);
        Assert.True(lab.Status("sick").Ready);
        lab.RunFor(600);
        _ = new Heard(Exec(new ProcessOptions { Command = ["rm", "/tmp/healthy"] }, "sick"));
        lab.RunFor(6);
        Assert.False(lab.Status("sick").Ready);
    }

    [Fact]
    public void An_archive_packed_in_one_pod_unpacks_in_another_byte_for_byte()
    {
        var bytes = Enumerable.Range(0, 3000).Select(i => (byte)((i * 7) ^ (i >> 3))).ToArray();
        var write = Exec(new ProcessOptions { Command = ["sh", "-c", "cat > /tmp/b"], Stdin = true });
        _ = new Heard(write);
        write.Write(bytes);
        write.CloseInput();
        Assert.Equal("3000\n", new Heard(Exec("sh", "-c", "wc -c < /tmp/b")).Out.ToString());

        lab.Run("other", NodeLab.Nginx());
        lab.RunFor(30);
        Assert.Equal("3000\n", new Heard(Exec("sh", "-c", "cd /tmp; tar cf - b | tar xf - -C /var; wc -c < /var/b")).Out.ToString());
        Assert.Equal("tar: short read\n", new Heard(Exec("sh", "-c", "echo nonsense | tar xf -")).Error.ToString());
    }

    [Fact]
    public void The_command_dies_with_its_container_and_breaks_with_its_node()
    {
        var first = new Heard(Exec("sleep", "1000"));
        lab.Api.Delete<Pod>("default", "web", new DeleteOptions { GracePeriodSeconds = 0 });
        lab.RunFor(60);
        Assert.Equal(137, first.ExitCode);
        Assert.Throws<ApiException>(() => Exec("ls"));

        lab.Run("web", NodeLab.Nginx());
        lab.RunFor(30);
        var second = new Heard(Exec("sleep", "1000"));
        kubelet.PowerOff();
        Assert.Equal(-1, second.ExitCode);
        Assert.Contains("error dialing backend: dial tcp", Assert.Throws<ApiException>(() => Exec("ls")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_container_that_does_not_run_cannot_be_entered()
    {
        lab.Run("over", NodeLab.Shell("exit 0"), s => s with { RestartPolicy = "Never" });
        lab.RunFor(60);
        var stream = Exec(new ProcessOptions { Command = ["ls"] }, "over");
        Assert.Equal("container not found (\"web\")", stream.Refusal?.Message);
        Assert.Equal("container x is not valid for pod over", Assert.Throws<ApiException>(() => Exec(new ProcessOptions { Container = "x", Command = ["ls"] }, "over")).Message);
    }

    private ContainerStream Exec(params string[] command) => Exec(new ProcessOptions { Command = command, Stdout = true, Stderr = true });

    private ContainerStream Exec(ProcessOptions options, string pod = "web") =>
        lab.Server.ConnectAs("kubernetes-admin").Exec(Web with { Name = pod }, options);
}
