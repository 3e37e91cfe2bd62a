using KubeLab.KubectlText;
using KubeLab.KubectlText.CommandLine;

namespace KubeLab.Tests.KubectlText;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("get pods -o wide", "get|pods|-o|wide")]
    [InlineData("run x -- sh -c \"echo boom; exit 1\"", "run|x|--|sh|-c|echo boom; exit 1")]
    [InlineData("patch d -p '{\"spec\":{\"replicas\":2}}'", "patch|d|-p|{\"spec\":{\"replicas\":2}}")]
    [InlineData("get pods \\\n  -A", "get|pods|-A")]
    [InlineData("a\\ b \"c \\\"d\\\"\" ''", "a b|c \"d\"|")]
    public void A_line_is_split_as_a_shell_does(string line, string words) => Assert.Equal(words, string.Join('|', ShellWords.Split(line)));

    [Theory]
    [InlineData("get pods | grep web", "no pipe")]
    [InlineData("get pods > file", "no redirection")]
    [InlineData("get pods; get nodes", "one command at a time")]
    [InlineData("get 'pods", "is not closed")]
    public void What_only_a_shell_can_do_is_refused_with_a_hint(string line, string hint) =>
        Assert.Contains(hint, Assert.Throws<Failure>(() => ShellWords.Split(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void Options_may_stand_anywhere_and_letters_may_be_put_together()
    {
        var arguments = Arguments.Parse(new Flags().Bool("all", 'A').Text("output", 'o').List("filename", 'f'), "kubectl get", ["pods", "-Aowide", "web", "-f", "a,b", "--filename=c", "--", "-x"]);
        Assert.Equal(["pods", "web"], arguments.Words);
        Assert.True(arguments.Bool("all"));
        Assert.Equal("wide", arguments.Text("output"));
        Assert.Equal(["a", "b", "c"], arguments.List("filename"));
        Assert.Equal(["-x"], arguments.AfterDash!);
    }

    // The texts are those of kubectl 1.33.
    [Theory]
    [InlineData("--foo", "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.")]
    [InlineData("-x", "error: unknown shorthand flag: 'x' in -x\nSee 'kubectl get --help' for usage.")]
    [InlineData("--output", "error: flag needs an argument: --output\nSee 'kubectl get --help' for usage.")]
    [InlineData("-o", "error: flag needs an argument: 'o' in -o\nSee 'kubectl get --help' for usage.")]
    [InlineData("--tail=x", "error: invalid argument \"x\" for \"--tail\" flag: strconv.ParseInt: parsing \"x\": invalid syntax\nSee 'kubectl get --help' for usage.")]
    public void What_cannot_be_read_is_refused_in_kubectls_words(string word, string message) => Assert.Equal(
        message, Assert.Throws<Failure>(() => Arguments.Parse(new Flags().Text("output", 'o').Int("tail"), "kubectl get", [word])).Message);

    [Fact]
    public void An_unknown_command_is_answered_with_one_that_is_near() => Assert.Equal(
        "error: unknown command \"gett\" for \"kubectl\"\n\nDid you mean this?\n\tget\n\tset\n", Assert.Throws<Failure>(() => CommandTree.Find(["gett"])).Message);

    [Theory]
    [InlineData("1m30s", 90)]
    [InlineData("1.5h", 5400)]
    [InlineData("0", 0)]
    [InlineData("-1s", -1)]
    public void Spans_of_time_are_read_as_Go_writes_them(string text, double seconds) => Assert.Equal(seconds, GoDuration.Parse(text)!.Value.TotalSeconds);
}
