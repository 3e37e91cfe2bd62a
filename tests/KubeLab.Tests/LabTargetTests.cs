using KubeLab.Client.Connecting;

namespace KubeLab.Tests;

public sealed class LabTargetTests
{
    [Theory]
    [InlineData(null, true, null)]
    [InlineData(" ", true, null)]
    [InlineData("simulated", true, null)]
    [InlineData("kubeconfig", false, null)]
    [InlineData("kubeconfig:dev", false, "dev")]
    [InlineData("kubeconfig: arn:aws:eks:eu-central-1:1:cluster/lab", false, "arn:aws:eks:eu-central-1:1:cluster/lab")]
    public void The_variable_names_a_simulation_or_a_context(string? text, bool isSimulated, string? context) =>
        Assert.Equal(new LabTarget(isSimulated, context), LabTarget.Parse(text, () => throw new InvalidOperationException("not asked")));

    [Theory]
    [InlineData("Kubeconfig")]
    [InlineData("kubeconfg:dev")]
    [InlineData("kubeconfig:")]
    [InlineData("real")]
    public void A_typo_is_answered_with_what_there_is(string text) => Assert.Equal(
        $"KUBELAB_TARGET is \"{text}\": use \"simulated\", \"kubeconfig\" for the current context, or \"kubeconfig:CONTEXT\" for another; the contexts of your kubeconfig: dev, kind-lab.",
        Assert.Throws<ArgumentException>(() => LabTarget.Parse(text, () => ["dev", "kind-lab"])).Message);

    [Fact]
    public void A_bare_context_is_recognised() => Assert.EndsWith(
        "Did you mean \"kubeconfig:kind-lab\"?",
        Assert.Throws<ArgumentException>(() => LabTarget.Parse("kind-lab", () => ["dev", "kind-lab"])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Files_that_cannot_be_read_do_not_hide_the_typo() => Assert.Contains(
        "contexts of your kubeconfig: none.",
        Assert.Throws<ArgumentException>(() => LabTarget.Parse("x", () => throw new KubeconfigException("f", "", "broken"))).Message,
        StringComparison.Ordinal);
}
