using KubeLab.Cloud.Images;
using KubeLab.Cloud.Prices;

namespace KubeLab.Tests.Cloud.Images;

public sealed class ImageCatalogTests
{
    private readonly ImageCatalog images = ImageCatalog.Load();

    [Theory]
    [InlineData("nginx", "docker.io/library/nginx", "latest")]
    [InlineData("nginx:1.27", "docker.io/library/nginx", "1.27")]
    [InlineData("rootproject/root:6.32", "docker.io/rootproject/root", "6.32")]
    [InlineData("localhost:5000/app", "localhost:5000/app", "latest")]
    [InlineData("registry.k8s.io/pause:3.10@sha256:ee6521", "registry.k8s.io/pause", "3.10")]
    public void References_are_completed_as_runtimes_do(string reference, string name, string tag) =>
        Assert.Equal((name, tag), ImageCatalog.Parse(reference));

    [Fact]
    public void A_tag_of_its_own_wins_over_the_entry_for_all_tags()
    {
        Assert.Equal(images.Find("nginx"), images.Find("docker.io/library/nginx:1.27"));
        Assert.True(images.Find("nginx:alpine")!.Bytes < images.Find("nginx")!.Bytes);
        Assert.Equal(images.Find("nginx:alpine"), images.Find("nginx:1.27-alpine"));
    }

    [Theory]
    [InlineData("my-image")]
    [InlineData("nginx:1.161")]
    [InlineData("ngixn")]
    [InlineData("example.com/nginx")]
    public void What_no_registry_has_is_not_found(string reference) => Assert.Null(images.Find(reference));

    [Theory]
    [InlineData("nginx:1.7.9")]
    [InlineData("nginx:1.16.1")]
    [InlineData("nginx:1.27-bookworm-perl")]
    [InlineData("busybox:1.36")]
    [InlineData("busybox:1.28.4")]
    [InlineData("redis:6.0.4")]
    [InlineData("redis:7")]
    [InlineData("docker.io/library/redis:7.4-alpine")]
    [InlineData("nginx@sha256:ee6521")]
    public void What_the_lessons_use_is_found(string reference) => Assert.NotNull(images.Find(reference));

    [Fact]
    public void Pulls_take_what_was_measured()
    {
        // Published: busybox 0.459 s, nginx 2.4 to 4.8 s on cloud nodes, the CMS image 12 to 15 minutes.
        Assert.InRange(images.PullTime(images.Find("busybox")!).TotalSeconds, 0.4, 0.7);
        Assert.InRange(images.PullTime(images.Find("nginx")!).TotalSeconds, 2.4, 4.8);
        Assert.InRange(images.PullTime(images.Find("ghcr.io/cms-dpoa/pfnano-image-build:latest")!).TotalMinutes, 12, 15);
    }

    [Fact]
    public void Every_size_says_how_it_is_known() =>
        Assert.All(images.All, i => Assert.True(i.Source.Length > 5 && i.Verified != Verification.Unverified, i.Name));
}
