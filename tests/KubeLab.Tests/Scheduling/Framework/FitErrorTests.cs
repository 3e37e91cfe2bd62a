using KubeLab.Scheduling.Framework;

namespace KubeLab.Tests.Scheduling.Framework;

public sealed class FitErrorTests
{
    [Fact]
    public void Reasons_are_counted_and_sorted_as_text()
    {
        var error = new FitError(3);
        error.Add(Make.Info(Make.Node("a")), "NodeResourcesFit", Verdict.Unschedulable("Insufficient cpu"));
        error.Add(Make.Info(Make.Node("b")), "NodeResourcesFit", Verdict.Unschedulable("Insufficient cpu", "Insufficient memory"));
        error.Add(Make.Info(Make.Node("c")), "NodeUnschedulable", Verdict.Unresolvable("node(s) were unschedulable"));
        Assert.Equal("0/3 nodes are available: 1 Insufficient memory, 1 node(s) were unschedulable, 2 Insufficient cpu.", error.Message);
    }

    [Fact]
    public void What_preemption_found_follows()
    {
        var error = new FitError(1) { PostFilterMessage = "preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod." };
        error.Add(Make.Info(Make.Node("a")), "NodeResourcesFit", Verdict.Unschedulable("Too many pods"));
        Assert.Equal(
            "0/1 nodes are available: 1 Too many pods. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.",
            error.Message);
    }

    [Fact]
    public void Without_nodes_it_says_so() => Assert.Equal("no nodes available to schedule pods", new FitError(0).Message);
}
