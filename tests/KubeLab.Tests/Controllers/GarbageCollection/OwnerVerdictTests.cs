using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Controllers.GarbageCollection;

namespace KubeLab.Tests.Controllers.GarbageCollection;

public sealed class OwnerVerdictTests
{
    private const OwnerState Solid = OwnerState.Solid;
    private const OwnerState Dangling = OwnerState.Dangling;
    private const OwnerState Waiting = OwnerState.Waiting;

    [Theory]
    [InlineData(new OwnerState[0], false, DependentFate.Keep)]
    [InlineData(new[] { Solid }, false, DependentFate.Keep)]
    [InlineData(new[] { Solid, Dangling }, false, DependentFate.Unlink)]
    [InlineData(new[] { Solid, Waiting }, true, DependentFate.Unlink)]
    [InlineData(new[] { Dangling }, true, DependentFate.Delete)]
    [InlineData(new[] { Waiting }, false, DependentFate.Delete)]
    [InlineData(new[] { Waiting, Dangling }, true, DependentFate.DeleteForeground)]
    public void An_object_goes_when_its_last_owner_is_gone(OwnerState[] states, bool hasDependents, DependentFate fate) =>
        Assert.Equal(fate, OwnerVerdict.FateOf(states, hasDependents));

    [Fact]
    public void Another_object_under_the_owners_name_is_not_the_owner()
    {
        var reference = new OwnerReference { Name = "web", Uid = "1" };
        Assert.Equal(Dangling, OwnerVerdict.StateOf(reference, null));
        Assert.Equal(Dangling, OwnerVerdict.StateOf(reference, new Pod { Metadata = new() { Name = "web", Uid = "2" } }));
        Assert.Equal(Solid, OwnerVerdict.StateOf(reference, new Pod { Metadata = new() { Name = "web", Uid = "1" } }));
    }

    [Fact]
    public void The_graph_forgets_owners_that_nobody_names()
    {
        var graph = new OwnerGraph();
        var pod = new Dependent(0, new ObjectKey("default", "pod"));
        ValueList<OwnerReference> both = [new() { Uid = "a" }, new() { Uid = "b" }];
        graph.Change(pod, [], both);
        Assert.Equal([pod], graph.Of("a"));
        graph.Change(pod, both, [both[1]]);
        Assert.False(graph.HasAny("a"));
        graph.Change(pod, [both[1]], []);
        Assert.Equal(0, graph.Owners);
    }
}
