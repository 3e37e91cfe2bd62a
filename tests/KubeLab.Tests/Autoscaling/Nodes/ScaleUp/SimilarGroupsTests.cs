using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.ScaleUp;
using KubeLab.Tests.Scheduling;

namespace KubeLab.Tests.Autoscaling.Nodes.ScaleUp;

public sealed class SimilarGroupsTests
{
    /// <summary>Sizes and maxima of groups, how many nodes are added, and the sizes afterwards.</summary>
    [Theory]
    [InlineData("1/10 1/10", 2, "2 2")]
    [InlineData("1/10 3/10", 4, "4 4")]
    [InlineData("1/2 1/10", 4, "2 4")]
    [InlineData("5/10 1/10", 2, "5 3")]
    [InlineData("1/1 1/3", 9, "1 3")]
    [InlineData("1/10", 0, "1")]
    [InlineData("0/10 0/10 0/10", 7, "3 2 2")]
    public void New_nodes_make_groups_as_equal_as_their_bounds_allow(string before, int added, string after)
    {
        var cloud = new PaperCloud();
        foreach (var (i, group) in before.Split(' ').Index())
        {
            cloud.Add($"g{i}", 0, int.Parse(group.Split('/')[1], null), int.Parse(group.Split('/')[0], null));
        }

        var infos = SimilarGroups.Balance(cloud.Groups, added);
        Assert.Equal(after, string.Join(" ", cloud.Groups.Select(g => infos.FirstOrDefault(i => i.Group == g)?.NewSize ?? g.TargetSize)));
        Assert.All(infos, i => Assert.True(i.NewSize > i.CurrentSize));
    }

    [Fact]
    public void Groups_that_differ_by_zone_and_name_are_similar_and_by_size_or_label_are_not()
    {
        var one = Of(Make.Node("a", "4", "16Gi").In(("topology.kubernetes.io/zone", "a"), ("cloud.google.com/gke-nodepool", "a")));
        Assert.True(SimilarGroups.AreSimilar(one, Of(Make.Node("b", "4", "16Gi").In(("topology.kubernetes.io/zone", "b"), ("cloud.google.com/gke-nodepool", "b"))), []));
        Assert.True(SimilarGroups.AreSimilar(one, Of(Make.Node("b", "4", "16200Mi")), []));
        Assert.False(SimilarGroups.AreSimilar(one, Of(Make.Node("b", "4", "15Gi")), []));
        Assert.False(SimilarGroups.AreSimilar(one, Of(Make.Node("b", "8", "16Gi")), []));
        Assert.False(SimilarGroups.AreSimilar(one, Of(Make.Node("b", "4", "16Gi").In(("disk", "ssd"))), []));
        Assert.True(SimilarGroups.AreSimilar(one, Of(Make.Node("b", "4", "16Gi").In(("disk", "ssd"))), ["disk"]));
        Assert.False(SimilarGroups.AreSimilar(one, Of(Make.Node("b", "4", "16Gi"), Make.Pod("daemon", "1")), []));
    }

    private static NodeTemplate Of(Node node, params Pod[] pods) => new(node with { Status = node.Status with { Capacity = node.Status.Allocatable } }, pods);
}
