using KubeLab.Api.Core;

namespace KubeLab.Nodes.StaticPods;

/// <summary>The manifests that a kubelet finds on its machine; it stands for <c>/etc/kubernetes/manifests</c>.</summary>
public sealed class ManifestFolder
{
    private readonly SortedDictionary<string, Pod> files = new(StringComparer.Ordinal);

    /// <summary>The pods that the files describe, in the order of the files' names.</summary>
    public IReadOnlyCollection<Pod> Pods => files.Values;

    /// <summary>Called after each change.</summary>
    internal Action? Changed { get; set; }

    /// <summary>Writes a file, in place of one of the same name.</summary>
    /// <param name="file">Its name, for example <c>etcd.yaml</c>.</param>
    /// <param name="pod">What it describes; the kubelet appends the node to the pod's name.</param>
    public void Put(string file, Pod pod)
    {
        files[file] = pod;
        Changed?.Invoke();
    }

    /// <summary>Removes a file; false when there is none.</summary>
    public bool Remove(string file)
    {
        var removed = files.Remove(file);
        if (removed)
        {
            Changed?.Invoke();
        }

        return removed;
    }
}
