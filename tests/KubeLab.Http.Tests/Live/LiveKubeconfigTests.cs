using System.Diagnostics;
using KubeLab.Http.Live;
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
    public void Two_notebooks_with_a_variable_of_one_name_have_two_contexts_and_the_one_opened_last_is_current()
    {
        using var first = new Notebook(Kubeconfig, "03");
        first.CellEnds();
        using (var second = new Notebook(Kubeconfig, "04"))
        {
            second.CellEnds();
            first.CellBegins();
            first.CellEnds();
            Assert.Equal("kubelab-04-cluster", Current());
        }

        Assert.Equal("kubelab-03-cluster", Current());
        Assert.DoesNotContain("kubelab-04", File.ReadAllText(Kubeconfig), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_process_has_left_behind_is_taken_out_by_its_id()
    {
        using var notebook = new Notebook(Kubeconfig, "03");
        notebook.CellEnds();

        LiveClusters.Forget(Kubeconfig, Environment.ProcessId + 1);
        Assert.Equal("kubelab-03-cluster", Current());
        LiveClusters.Forget(Kubeconfig, Environment.ProcessId);
        Assert.False(File.Exists(Kubeconfig));
        LiveClusters.Forget(Kubeconfig, Environment.ProcessId);
    }

    [Fact]
    public void A_lab_that_starts_takes_out_what_ended_processes_left_and_nothing_of_those_that_run()
    {
        using var notebook = new Notebook(Kubeconfig, "03");
        notebook.CellEnds();
        using var ended = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        ended.WaitForExit();
        var text = File.ReadAllText(Kubeconfig);
        var mine = $"id: {Environment.ProcessId}";
        Assert.Contains(mine, text, StringComparison.Ordinal);

        LiveClusters.ForgetEnded(Kubeconfig);
        Assert.Equal("kubelab-03-cluster", Current());
        File.WriteAllText(Kubeconfig, text.Replace(mine, $"id: {ended.Id}", StringComparison.Ordinal));
        LiveClusters.ForgetEnded(Kubeconfig);
        Assert.False(File.Exists(Kubeconfig));
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

    private string Kubeconfig => Path.Combine(folder, "kubeconfig");

    private string Current() => File.ReadLines(Kubeconfig).Single(line => line.StartsWith("current-context:", StringComparison.Ordinal)).Split(": ")[1].Trim();

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
