using System.Text;
using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Volumes;

namespace KubeLab.Nodes.Containers;

/// <summary>The files that config maps and secrets put into a container, and those that its neighbours left in shared directories.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/storage/volumes/#configmap">Volumes: configMap</seealso>
internal static class ContainerMounts
{
    /// <summary>Full path to content, as it is now; what cannot be read is left out.</summary>
    public static IReadOnlyDictionary<string, string> Of(Container container, Pod pod, IPodHost host, EmptyDirs? emptyDirs)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var mount in container.VolumeMounts)
        {
            if (pod.Spec.Volumes.Find(v => v.Name == mount.Name) is not { } volume)
            {
                continue;
            }

            foreach (var (path, content) in Contents(volume, pod.Metadata.Namespace ?? "", host))
            {
                if (mount.SubPath is not { Length: > 0 } only)
                {
                    files[$"{mount.MountPath.TrimEnd('/')}/{path}"] = content;
                }
                else if (path == only)
                {
                    files[mount.MountPath] = content;
                }
            }
        }

        foreach (var (path, content) in emptyDirs?.FilesOf(container) ?? [])
        {
            files[path] = content;
        }

        return files;
    }

    private static IEnumerable<(string Path, string Content)> Contents(Volume volume, string ns, IPodHost host)
    {
        if (volume.ConfigMap is { } map)
        {
            var data = Read(() => host.Api.Find<ConfigMap>(ns, map.Name ?? ""))?.Data;
            return Chosen(map.Items, data?.ToDictionary(p => p.Key, p => p.Value));
        }

        if (volume.Secret is { } secret)
        {
            var data = Read(() => host.Api.Find<Secret>(ns, secret.SecretName ?? ""))?.Data;
            return Chosen(secret.Items, data?.ToDictionary(p => p.Key, p => Encoding.UTF8.GetString(Convert.FromBase64String(p.Value))));
        }

        return [];
    }

    // With items only those keys appear, each at its own path.
    private static IEnumerable<(string Path, string Content)> Chosen(ValueList<OpaqueObject> items, Dictionary<string, string>? data)
    {
        if (data is null)
        {
            return [];
        }

        return items.IsEmpty
            ? data.Select(p => (p.Key, p.Value))
            : items.Select(i => (Key: Text(i, "key"), Path: Text(i, "path"))).Where(i => data.ContainsKey(i.Key)).Select(i => (i.Path, data[i.Key]));
    }

    private static string Text(OpaqueObject item, string field) =>
        item.Overflow is IDictionary<string, JsonElement> fields && fields.TryGetValue(field, out var value) ? value.GetString() ?? "" : "";

    private static T? Read<T>(Func<T?> find)
        where T : class
    {
        try
        {
            return find();
        }
        catch (ApiException)
        {
            return null;
        }
    }
}
