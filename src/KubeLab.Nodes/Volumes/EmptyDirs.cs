using KubeLab.Api.Core;
using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Programs.Shell;

namespace KubeLab.Nodes.Volumes;

/// <summary>The empty directories of one pod: what a container writes there the others find, those that start later too, until the pod goes.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/storage/volumes/#emptydir">Volumes: emptyDir</seealso>
internal sealed class EmptyDirs
{
    private readonly PodWorker pod;
    private readonly Dictionary<string, SortedDictionary<string, string>> contents = new(StringComparer.Ordinal);
    private readonly Queue<(ContainerRun By, FileEdit Edit)> written = new();

    private EmptyDirs(PodWorker pod) => this.pod = pod;

    /// <summary>Those of a pod; null when it has none, which costs nothing.</summary>
    public static EmptyDirs? Of(PodWorker pod) => pod.Pod.Spec.Volumes.Exists(v => v.EmptyDir is not null) ? new EmptyDirs(pod) : null;

    /// <summary>Whether a container mounts one of them.</summary>
    public bool AreMountedBy(Container container) => container.VolumeMounts.Exists(m => IsEmptyDir(m.Name));

    /// <summary>What a container finds there when it starts: full path to content.</summary>
    public IEnumerable<(string Path, string Content)> FilesOf(Container container)
    {
        foreach (var mount in container.VolumeMounts.ToList().FindAll(m => contents.ContainsKey(m.Name)))
        {
            foreach (var (path, content) in contents[mount.Name])
            {
                if (Outside(mount, path) is { } seen)
                {
                    yield return (seen, content);
                }
            }
        }
    }

    /// <summary>How many bytes a volume holds.</summary>
    public long BytesOf(string volume) => contents.GetValueOrDefault(volume)?.Values.Sum(c => (long)c.Length) ?? 0;

    /// <summary>A container has changed a file; the others learn of it in this instant, but not in the midst of what they are doing.</summary>
    public void Write(ContainerRun by, FileEdit edit)
    {
        if (MountOf(by.Spec, edit.Path) is null)
        {
            return;
        }

        written.Enqueue((by, edit));
        if (written.Count == 1)
        {
            pod.Host.Clock.After(TimeSpan.Zero, Deliver);
        }
    }

    private void Deliver()
    {
        while (written.TryDequeue(out var next))
        {
            var mount = MountOf(next.By.Spec, next.Edit.Path)!;
            var path = Inside(mount, next.Edit.Path);
            Keep(mount.Name, path, next.Edit.Content);
            foreach (var other in pod.Containers)
            {
                if (other != next.By)
                {
                    Tell(other, mount.Name, path, next.Edit.Content);
                }
            }
        }

        pod.Host.DiskChanged();
    }

    private void Keep(string volume, string path, string? content)
    {
        var files = contents.TryGetValue(volume, out var known) ? known : contents[volume] = new(StringComparer.Ordinal);
        if (content is null)
        {
            files.Remove(path);
        }
        else
        {
            files[path] = content;
        }
    }

    private static void Tell(ContainerRun other, string volume, string path, string? content)
    {
        foreach (var mount in other.Spec.VolumeMounts)
        {
            if (mount.Name == volume && Outside(mount, path) is { } seen)
            {
                other.MeetNeighbour([new FileEdit(seen, content)]);
            }
        }
    }

    // The innermost mount counts: one may be inside another.
    private VolumeMount? MountOf(Container container, string path) => container.VolumeMounts
        .Where(m => IsEmptyDir(m.Name) && path.StartsWith(m.MountPath.TrimEnd('/') + "/", StringComparison.Ordinal) && path.Length > m.MountPath.TrimEnd('/').Length + 1)
        .MaxBy(m => m.MountPath.Length);

    private bool IsEmptyDir(string volume) => pod.Pod.Spec.Volumes.Exists(v => v.Name == volume && v.EmptyDir is not null);

    private static string Inside(VolumeMount mount, string path) => Prefix(mount) + path[(mount.MountPath.TrimEnd('/').Length + 1)..];

    private static string? Outside(VolumeMount mount, string path) =>
        path.StartsWith(Prefix(mount), StringComparison.Ordinal) ? $"{mount.MountPath.TrimEnd('/')}/{path[Prefix(mount).Length..]}" : null;

    private static string Prefix(VolumeMount mount) => mount.SubPath is { Length: > 0 } only ? only.Trim('/') + "/" : "";
}
