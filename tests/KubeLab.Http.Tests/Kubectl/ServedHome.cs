namespace KubeLab.Http.Tests.Kubectl;

/// <summary>A folder with the kubeconfig of a served cluster, where kubectl also keeps its caches.</summary>
internal sealed class ServedHome : IDisposable
{
    /// <summary>A home whose context means <paramref name="ns"/>.</summary>
    public ServedHome(ServedCluster served, string? ns = null)
    {
        Folder = Directory.CreateTempSubdirectory("kubelab-").FullName;
        Kubeconfig = Path.Combine(Folder, "kubeconfig");
        var text = served.Server.Kubeconfig;
        File.WriteAllText(Kubeconfig, ns is null ? text : text.Replace("\n  context:\n", $"\n  context:\n    namespace: {ns}\n", StringComparison.Ordinal));
    }

    public string Folder { get; }

    public string Kubeconfig { get; }

    public Task<KubectlResult> RunAsync(KubectlBinary kubectl, string line, string? stdin = null) => kubectl.RunAsync(line, Kubeconfig, Folder, stdin);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
