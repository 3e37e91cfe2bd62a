using KubeLab.Api.Core;
using KubeLab.Scheduling.Plugins;

namespace KubeLab.Tests.Scheduling.Plugins;

public sealed class ImageLocalityTests
{
    private const long Mb = 1024 * 1024;

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(23, 1, 0)]
    [InlineData(1000, 1, 100)]
    [InlineData(5000, 1, 100)]
    [InlineData(500, 1, 48)]
    [InlineData(500, 2, 24)]
    public void The_score_grows_from_23_megabytes_to_1000_for_each_container(long mb, int containers, long score) =>
        Assert.Equal(score, ImageLocality.ScoreOf(mb * Mb, containers));

    [Theory]
    [InlineData("nginx", "nginx:latest")]
    [InlineData("registry:5000/nginx", "registry:5000/nginx:latest")]
    [InlineData("registry:5000/nginx:1.27", "registry:5000/nginx:1.27")]
    public void A_name_without_a_tag_means_the_latest(string name, string meant) => Assert.Equal(meant, ImageLocality.Normalized(name));

    [Fact]
    public void An_image_counts_by_the_share_of_nodes_that_have_it()
    {
        var scene = new Scene(With("a", 800), With("b", 800), Make.Node("c"), Make.Node("d"));

        // 800 MB on half of the nodes count as 400: 100 * (400 - 23) / (1000 - 23).
        Assert.Equal("38 38 0 0", scene.Scored(new ImageLocality(scene.Context), Make.Pod("p")));
    }

    private static Node With(string name, long mb)
    {
        var node = Make.Node(name);
        return node with { Status = node.Status with { Images = [new ContainerImage { Names = ["app:1"], SizeBytes = mb * Mb }] } };
    }
}
