using KubeLab.Nodes.Images;

namespace KubeLab.Tests.Nodes.Images;

public sealed class ImageReferenceTests
{
    [Theory]
    [InlineData("nginx", "docker.io/library/nginx:latest")]
    [InlineData("nginx:1.27", "docker.io/library/nginx:1.27")]
    [InlineData("polinux/stress", "docker.io/polinux/stress:latest")]
    [InlineData("registry.k8s.io/pause:3.10", "registry.k8s.io/pause:3.10")]
    [InlineData("localhost:5000/app", "localhost:5000/app:latest")]
    [InlineData("nginx@sha256:abc", "docker.io/library/nginx@sha256:abc")]
    public void Short_names_are_completed(string name, string full) => Assert.Equal(full, ImageReference.Parse(name).FullName);

    [Theory]
    [InlineData("nginx", null)]
    [InlineData("nginx:nope", "code = NotFound")]
    [InlineData("my-image", "pull access denied")]
    [InlineData("registry.invalid/app:1", "no such host")]
    [InlineData("anybody/anything:1", null)]
    public void Registries_refuse_in_three_ways(string name, string? refusal)
    {
        var answer = DataImageCatalog.Load().Ask(ImageReference.Parse(name));
        Assert.Equal(refusal is null, answer.Refusal is null);
        Assert.Contains(refusal ?? "", answer.Refusal ?? "", StringComparison.Ordinal);
    }
}
