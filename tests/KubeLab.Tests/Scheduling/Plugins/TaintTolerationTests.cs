using KubeLab.Api.Core;
using KubeLab.Scheduling.Plugins;

namespace KubeLab.Tests.Scheduling.Plugins;

public sealed class TaintTolerationTests
{
    private static readonly Taint Dedicated = new() { Key = "dedicated", Value = "cms", Effect = "NoSchedule" };

    [Theory]
    [InlineData("dedicated", "Equal", "cms", "NoSchedule", true)]
    [InlineData("dedicated", null, "cms", null, true)]
    [InlineData("dedicated", "Equal", "atlas", "NoSchedule", false)]
    [InlineData("dedicated", "Exists", null, "NoSchedule", true)]
    [InlineData("dedicated", "Exists", null, "NoExecute", false)]
    [InlineData(null, "Exists", null, null, true)]
    [InlineData("other", "Exists", null, null, false)]
    public void A_toleration_matches_by_key_operator_value_and_effect(string? key, string? op, string? value, string? effect, bool tolerates) =>
        Assert.Equal(tolerates, TaintToleration.Tolerates(new Toleration { Key = key, Operator = op, Value = value, Effect = effect }, Dedicated));

    [Fact]
    public void Only_hard_taints_refuse_and_the_reason_names_the_taint()
    {
        var soft = Dedicated with { Effect = "PreferNoSchedule" };
        var node = Make.Node("n");
        var pod = Make.Info(Make.Pod("p"));
        Assert.True(new TaintToleration().Filter(new(), pod, Make.Info(node with { Spec = new() { Taints = [soft] } })).IsSuccess);
        Assert.Equal(
            ["node(s) had untolerated taint {dedicated: cms}"],
            new TaintToleration().Filter(new(), pod, Make.Info(node with { Spec = new() { Taints = [Dedicated] } })).Reasons.ToArray());
    }

    [Fact]
    public void Fewer_soft_taints_score_higher()
    {
        long[] counts = [0, 1, 2];
        new TaintToleration().Normalize(counts);
        Assert.Equal([100, 50, 0], counts);
    }
}
