using System.Text.Json.Nodes;
using KubeLab.Api.Yaml;

namespace KubeLab.Http.Tests.Connected;

/// <summary>One <c>lab cluster</c> in another process for several tests, known by its kubeconfig alone.</summary>
public sealed class LabClusterFixture : IDisposable
{
    private readonly LabProcess process;

    public LabClusterFixture()
    {
        Folder = Directory.CreateTempSubdirectory("kubelab-").FullName;
        Kubeconfig = Path.Combine(Folder, "kubeconfig");
        process = LabProcess.Cluster(Kubeconfig, "--workers 2 --seed 7");
    }

    public string Folder { get; }

    /// <summary>The file.</summary>
    public string Kubeconfig { get; }

    /// <summary>Writes a changed copy of the kubeconfig beside it.</summary>
    public string Variant(string name, Action<JsonObject, JsonObject> change)
    {
        var root = Yaml.Read(File.ReadAllText(Kubeconfig), Kubeconfig)!.AsObject();
        change(root["clusters"]![0]!["cluster"]!.AsObject(), root["users"]![0]!["user"]!.AsObject());
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, root.ToJsonString());
        return path;
    }

    public void Dispose()
    {
        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
