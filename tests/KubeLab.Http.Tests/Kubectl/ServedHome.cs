namespace KubeLab.Http.Tests.Kubectl;

/// <summary>A folder with the kubeconfig of a served cluster, where kubectl also keeps its caches.</summary>
internal sealed class ServedHome : IDisposable
{
    public ServedHome(ServedCluster served)
    {
        Folder = Directory.CreateTempSubdirectory("kubelab-").FullName;
        Kubeconfig = Path.Combine(Folder, "kubeconfig");
        served.Server.WriteKubeconfig(Kubeconfig);
    }

    public string Folder { get; }

    public string Kubeconfig { get; }

    public Task<KubectlResult> RunAsync(KubectlBinary kubectl, string line, string? stdin = null) => kubectl.RunAsync(line, Kubeconfig, Folder, stdin);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
