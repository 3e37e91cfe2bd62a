using KubeLab.Notebook.Server;

namespace KubeLab.Notebook.Tests.Server;

public sealed class LabPathTests : IDisposable
{
    private readonly DirectoryInfo outer = Directory.CreateTempSubdirectory("kubelab-path-");
    private readonly LabPath paths;

    public LabPathTests()
    {
        Directory.CreateDirectory(Path.Combine(outer.FullName, "lab", "work"));
        Directory.CreateDirectory(Path.Combine(outer.FullName, "lab-other"));
        File.WriteAllText(Path.Combine(outer.FullName, "secret.txt"), "secret");
        paths = new LabPath(Path.Combine(outer.FullName, "lab"));
    }

    public void Dispose() => outer.Delete(recursive: true);

    [Theory]
    [InlineData("", "")]
    [InlineData("/", "")]
    [InlineData("work//a.ipynb", "work/a.ipynb")]
    [InlineData("/notes/ü – 1.ipynb/", "notes/ü – 1.ipynb")]
    [InlineData("a..b", "a..b")]
    [InlineData("100%", "100%")]
    [InlineData("%2e%2e", "%2e%2e")]
    public void Paths_inside_resolve(string path, string name) => Assert.Equal(name, paths.NameOf(paths.Resolve(path)));

    [Theory]
    [InlineData("..", 403)]
    [InlineData("../secret.txt", 403)]
    [InlineData("work/../../secret.txt", 403)]
    [InlineData("work/..", 403)]
    [InlineData("./work", 403)]
    [InlineData("..\\secret.txt", 403)]
    [InlineData("a%2f..", 403)]
    [InlineData("a%5Cb", 403)]
    [InlineData("C:", 403)]
    [InlineData("a\0b", 403)]
    [InlineData("a\nb", 403)]
    [InlineData(".git", 404)]
    [InlineData(".kubelab/checkpoints/x", 404)]
    [InlineData("work/.env", 404)]
    public void Paths_that_climb_out_or_hide_are_refused(string path, int status) =>
        Assert.Equal(status, Assert.Throws<ApiException>(() => paths.Resolve(path)).Status);

    [SkippableTheory]
    [InlineData("../secret.txt", 403)]
    [InlineData("..", 403)]
    [InlineData("work/../../secret.txt", 403)]
    [InlineData("/etc/hostname", 403)]
    [InlineData("../lab-other", 403)]
    [InlineData(".kubelab", 404)]
    [InlineData("link", 403)]
    public void Links_that_lead_out_or_in_a_circle_are_refused(string target, int status)
    {
        Link("link", target);

        Assert.Equal(status, Assert.Throws<ApiException>(() => paths.Resolve("link")).Status);
        Assert.Equal(status, Assert.Throws<ApiException>(() => paths.Resolve("link/deeper")).Status);
        Assert.False(paths.IsShown(new FileInfo(Path.Combine(paths.Root, "link"))));
    }

    [SkippableFact]
    public void Links_that_stay_inside_are_followed_also_over_others()
    {
        Link("here", "work");
        Link("there", "here/deep");
        Directory.CreateDirectory(Path.Combine(paths.Root, "work", "deep"));
        Link("work/deep/up", "../..");

        Assert.Equal("work/deep/a.txt", paths.NameOf(paths.Resolve("there/a.txt")));
        Assert.Equal("work/b.txt", paths.NameOf(paths.Resolve("there/up/work/b.txt")));
        Assert.True(paths.IsShown(new FileInfo(Path.Combine(paths.Root, "there"))));
    }

    [SkippableFact]
    public void A_lab_that_is_itself_behind_a_link_is_inside()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        File.CreateSymbolicLink(Path.Combine(outer.FullName, "alias"), "lab");
        var linked = new LabPath(Path.Combine(outer.FullName, "alias"));

        Assert.Equal("work/a.txt", linked.NameOf(linked.Resolve("work/a.txt")));
    }

    private void Link(string name, string target)
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        File.CreateSymbolicLink(Path.Combine(paths.Root, name), target);
    }
}
