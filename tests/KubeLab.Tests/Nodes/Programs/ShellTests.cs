using KubeLab.Nodes.Programs;
using KubeLab.Nodes.Programs.Shell;

namespace KubeLab.Tests.Nodes.Programs;

public sealed class ShellTests
{
    [Theory]
    [InlineData("true", 0, "")]
    [InlineData("false", 1, "")]
    [InlineData("exit 42", 42, "")]
    [InlineData("echo one; echo two", 0, "one|two")]
    [InlineData("true && echo yes || echo no", 0, "yes")]
    [InlineData("false && echo yes || echo no", 0, "no")]
    [InlineData("if [ 3 -gt 2 ]; then echo more; else echo less; fi", 0, "more")]
    [InlineData("for i in a b c; do echo $i; done", 0, "a|b|c")]
    [InlineData("for i in $(seq 1 3); do echo \"n$i\"; done", 0, "n1|n2|n3")]
    [InlineData("i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done", 0, "1|2|3")]
    [InlineData("while true; do echo once; break; done; echo out", 0, "once|out")]
    [InlineData("echo 'a  b' \"$HOSTNAME\" ${NONE:-none}", 0, "a  b web none")]
    [InlineData("echo hidden > /dev/null; echo shown > /dev/stdout", 0, "shown")]
    [InlineData("echo kept > /tmp/a; cat /tmp/a", 0, "kept")]
    [InlineData("echo x | tee /tmp/a > /dev/null; cat /tmp/a | wc -l", 0, "1")]
    [InlineData("cat /tmp/none", 1, "cat: can't open '/tmp/none': No such file or directory")]
    [InlineData("foo", 127, "sh: foo: not found")]
    [InlineData("foo 2>/dev/null || echo caught", 0, "caught")]
    [InlineData("set -e; false; echo never", 1, "")]
    [InlineData("if true; then echo a", 2, "sh: syntax error: unexpected end of file")]
    [InlineData("# nothing\necho a # rest\n\necho b", 0, "a|b")]
    [InlineData("! false && (echo in; exit 3)", 3, "in")]
    public void A_script_writes_and_ends_as_in_a_container(string script, int exitCode, string lines)
    {
        var run = Start(script);
        var end = run.Foresee();
        Assert.Equal((exitCode, lines), (end.ExitCode, string.Join('|', run.Log(TimeSpan.FromDays(1)).Select(l => l.Text))));
    }

    [Fact]
    public void Sleep_passes_virtual_time_and_date_reads_it()
    {
        var run = Start("date +%T; sleep 90; date +%T");
        Assert.Equal(["00:00:00", "00:01:30"], run.Log(TimeSpan.FromHours(1)).Select(l => l.Text));
        Assert.InRange(run.Foresee().At!.Value.TotalSeconds, 90, 90.1);
    }

    [Fact]
    public void An_endless_loop_is_looked_at_rarely_and_its_log_is_told_when_asked()
    {
        var run = Start("while true; do echo tick; sleep 10; done");
        var foresight = run.Foresee();
        Assert.Null(foresight.ExitCode);
        Assert.True(foresight.At > TimeSpan.FromHours(0.5));
        Assert.Equal(6, run.Log(TimeSpan.FromSeconds(55)).Count());
    }

    [Fact]
    public void A_busy_loop_uses_a_whole_core_and_a_sleeping_one_next_to_nothing()
    {
        var busy = Start("while true; do :; done");
        var idle = Start("while true; do sleep 1; done");
        busy.Foresee();
        idle.Foresee();
        Assert.Equal(1000, busy.UseAt(TimeSpan.FromSeconds(0.5)).CpuMillis);
        Assert.Equal(1, idle.UseAt(TimeSpan.FromSeconds(5)).CpuMillis);
    }

    [Fact]
    public void Without_a_trap_the_stop_signal_is_ignored()
    {
        Assert.Null(Start("sleep 100").StopsWithin(TimeSpan.FromSeconds(1)));
        Assert.NotNull(Start("trap 'exit 0' TERM; sleep 100").StopsWithin(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Files_exist_from_when_they_are_written_until_they_are_removed()
    {
        var run = Start("touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600");
        run.Foresee();
        Assert.Equal(0, run.Exec(["cat", "/tmp/healthy"], TimeSpan.FromSeconds(10)).ExitCode);
        Assert.Equal(1, run.Exec(["cat", "/tmp/healthy"], TimeSpan.FromSeconds(40)).ExitCode);
        Assert.Throws<ExecutableNotFoundException>(() => run.Exec(["nope"], TimeSpan.Zero));
    }

    [Theory]
    [InlineData("$(A) and $(B)", "1 and $(B)")]
    [InlineData("$$(A) $A", "$(A) $A")]
    [InlineData("no reference", "no reference")]
    public void References_to_variables_expand_as_in_kubernetes(string text, string expected) =>
        Assert.Equal(expected, VariableExpansion.Expand(text, new Dictionary<string, string> { ["A"] = "1" }));

    private static ShellRun Start(string script)
    {
        var environment = new Dictionary<string, string> { ["HOSTNAME"] = "web" };
        var context = new ProgramContext(() => environment, () => new KubeLab.Simulation.Randomness(1))
        {
            Pod = new() { Metadata = new() { Name = "web" } },
            Container = new() { Name = "web" },
            PodIP = "10.244.1.2",
            StartedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Restarts = 0,
            PortsTaken = [],
        };
        return ShellRun.Start(["sh", "-c", script], context, new HashSet<string>());
    }
}
