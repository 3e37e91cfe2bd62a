using KubeLab.Formatting;
using KubeLab.Simulated;
using KubeLab.Testing;

namespace KubeLab.Tests.Explaining;

public sealed class ObjectStoryTests : IDisposable
{
    private readonly SimulatedCluster lab = Lab.Simulate();

    public ObjectStoryTests()
    {
        lab.AddMasters(1);
        lab.AddNodePool("workers", "e2-standard-2", 1);
    }

    public void Dispose() => lab.Dispose();

    [Fact]
    public void A_deployment_that_works_tells_what_it_made_and_that_nothing_is_wrong()
    {
        lab.Kubectl("create deployment web --image=nginx --replicas=2");
        lab.RunFor(120);
        var story = lab.Why("deployment/web");
        Assert.True(story.IsWell, story.ToString());
        Assert.Equal("deployment/web: 2 of 2 available, as it should be.", story.Now);
        Assert.Equal([0, 1, 2, 2], story.Family.Select(f => f.Depth));
        Assert.Equal(story.Entries.OrderBy(e => e.At), story.Entries);
        Golden.Compare(SourceTree.PathOf("tests", "KubeLab.Tests", "testdata", "explaining", "story-well.txt"), story + "\n");
    }

    [Fact]
    public void Pods_that_do_not_fit_are_the_reason_and_a_smaller_request_the_way_out()
    {
        lab.Kubectl("create deployment web --image=nginx --replicas=3");
        lab.Kubectl("set resources deployment/web --requests=cpu=900m");
        lab.RunFor(120);
        var story = lab.Why("deploy/web");
        Assert.Contains(story.Problems, p => p.Contains("0/2 nodes are available: 1 Insufficient cpu", StringComparison.Ordinal));
        Assert.Contains(story.Next, n => n.Contains("if its CPU request were", StringComparison.Ordinal));
        Assert.Contains("Insufficient cpu", ((IShown)story).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_does_not_exist_is_named()
    {
        lab.Kubectl("create deployment web --image=nginx:no-such-tag");
        lab.RunFor(120);
        var story = lab.Why("deployment/web");
        Assert.Contains(story.Problems, p => p.Contains("cannot get the image nginx:no-such-tag", StringComparison.Ordinal));
        Assert.Contains("mend the image's name or tag, or give the secret of its registry", story.Next);
    }

    [Theory]
    [InlineData("web", "\"web\" names no object: write kind/name, for example deployment/web")]
    [InlineData("frobs/web", "no story can be told of kind \"frobs\"; known are ")]
    [InlineData("deployment/none", "there is no deployment \"none\" in namespace default")]
    public void What_cannot_be_told_is_an_error_in_words(string what, string error) =>
        Assert.StartsWith(error, Assert.Throws<ArgumentException>(() => lab.Why(what)).Message, StringComparison.Ordinal);
}
