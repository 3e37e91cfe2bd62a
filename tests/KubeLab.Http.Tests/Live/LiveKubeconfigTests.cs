using KubeLab.Http.Tests.Kubectl;

namespace KubeLab.Http.Tests.Live;

public sealed class LiveKubeconfigTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kubelab-test-").FullName;

    [SkippableFact]
    public async Task While_a_variable_holds_a_cluster_kubectl_in_a_terminal_reaches_it_and_ages_are_those_of_the_cluster()
    {
        Skip.If(KubectlBinary.All.Count == 0, KubectlBinary.Missing);
        var kubeconfig = Path.Combine(folder, ".kubelab", "kubeconfig");
        using var notebook = new Notebook(kubeconfig);
        notebook.Cluster.Kubectl("create deployment web --image=nginx --replicas=2");
        notebook.Cluster.RunFor(600);
        notebook.CellEnds();

        var pods = await KubectlBinary.All[^1].RunAsync("--context kubelab-cluster get pods", kubeconfig, folder);

        Assert.Equal("", pods.Error);
        Assert.Matches(@"(?m)^web-\w+-\w+ +1/1 +Running +0 +(9m\d+s|10m)\s*$", pods.Output);
        notebook.CellBegins();
        notebook.CellEnds(("cluster", null));
        Assert.False(File.Exists(kubeconfig));
    }

    [Fact]
    public void Another_notebook_that_takes_the_name_is_not_taken_out_with_the_first()
    {
        var kubeconfig = Path.Combine(folder, "kubeconfig");
        using var second = new Notebook(kubeconfig);
        using (var first = new Notebook(kubeconfig))
        {
            first.CellEnds();
            second.CellEnds();
        }

        Assert.Contains("kubelab-cluster", File.ReadAllText(kubeconfig), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
