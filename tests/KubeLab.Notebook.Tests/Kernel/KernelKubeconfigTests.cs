using System.Diagnostics;
using System.Globalization;
using System.Net;
using KubeLab.Http.Live;
using KubeLab.Notebook.Tests.Server;

namespace KubeLab.Notebook.Tests.Kernel;

/// <summary>The kubeconfig of <c>lab up</c> names the clusters of the notebooks that run, and no others.</summary>
public sealed class KernelKubeconfigTests : IAsyncLifetime
{
    private const string Open = "#r \"KubeLab.dll\"\nusing KubeLab;\nvar cluster = Lab.Open(seed: 1); Environment.ProcessId";
    private readonly string kubeconfig = Path.Combine(Directory.CreateTempSubdirectory("kubelab-kubeconfig-").FullName, "kubeconfig");
    private readonly ServedLab lab;
    private TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public KernelKubeconfigTests() => lab = new ServedLab
    {
        KernelArguments = ["--kubeconfig", kubeconfig],
        KernelEnded = process =>
        {
            LiveClusters.Forget(kubeconfig, process);
            ended.TrySetResult(process);
        },
    };

    public Task InitializeAsync() => lab.InitializeAsync();

    public async Task DisposeAsync()
    {
        await lab.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(kubeconfig)!, recursive: true);
    }

    [Fact]
    public async Task Each_notebook_has_a_context_of_its_own_and_a_kernel_that_ends_in_any_way_takes_it_along()
    {
        await using var third = await KernelClient.StartAsync(lab, notebook: "work/03-control-plane.ipynb");
        await using var fourth = await KernelClient.StartAsync(lab, notebook: "work/04-nodes.ipynb");
        await third.RunAsync(Open);
        var id = int.Parse((await fourth.RunAsync(Open)).Result!, CultureInfo.InvariantCulture);
        Assert.Equal(["kubelab-03-cluster", "kubelab-04-cluster"], Contexts());
        Assert.Equal("kubelab-04-cluster", Current());

        using (var process = Process.GetProcessById(id))
        {
            process.Kill();
        }

        await EndedAsync();
        Assert.Equal(["kubelab-03-cluster"], Contexts());
        Assert.Equal("kubelab-03-cluster", Current());

        await fourth.RunAsync(Open);
        Assert.Equal(["kubelab-03-cluster", "kubelab-04-cluster"], Contexts());
        Assert.Equal(HttpStatusCode.OK, (await lab.AskAsync("POST", $"/api/kernels/{fourth.Kernel}/restart")).Status);
        await EndedAsync();
        Assert.Equal(["kubelab-03-cluster"], Contexts());

        Assert.Equal(HttpStatusCode.NoContent, (await lab.AskAsync("DELETE", $"/api/kernels/{third.Kernel}")).Status);
        await EndedAsync();
        Assert.False(File.Exists(kubeconfig));
    }

    private async Task EndedAsync()
    {
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(90));
        ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private IEnumerable<string> Contexts() => File.ReadLines(kubeconfig)
        .SkipWhile(line => line != "contexts:").Skip(1).TakeWhile(line => line.StartsWith(' ') || line.StartsWith('-'))
        .Where(line => line.Contains("name: kubelab-", StringComparison.Ordinal) && !line.Contains("process", StringComparison.Ordinal))
        .Select(line => line.Split("name: ")[1].Trim());

    private string Current() => File.ReadLines(kubeconfig).Single(line => line.StartsWith("current-context:", StringComparison.Ordinal)).Split(": ")[1].Trim();
}
