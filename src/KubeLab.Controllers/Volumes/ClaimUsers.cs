using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Client.Informing;

namespace KubeLab.Controllers.Volumes;

/// <summary>The pods by the claims they use; a pod without claims costs nothing.</summary>
internal sealed class ClaimUsers
{
    private readonly Dictionary<ObjectKey, SortedDictionary<string, Pod>> users = [];

    public ClaimUsers(Informer<Pod> pods) => pods.Changed += (old, pod) =>
    {
        if (old is not null)
        {
            Each(old, (claim, name) => Remove(claim, name));
        }

        if (pod is not null)
        {
            Each(pod, (claim, name) => Add(claim, name, pod));
        }
    };

    /// <summary>The pods that use <paramref name="claim"/>, in the order of their names.</summary>
    public IReadOnlyCollection<Pod> this[ObjectKey claim] => users.TryGetValue(claim, out var pods) ? pods.Values : [];

    /// <summary>The claims that <paramref name="pod"/> uses.</summary>
    public static IEnumerable<ObjectKey> ClaimsOf(Pod pod) =>
        pod.Spec.Volumes.Select(v => v.PersistentVolumeClaim?.ClaimName).OfType<string>().Select(name => new ObjectKey(pod.Metadata.Namespace ?? "", name));

    private static void Each(Pod pod, Action<ObjectKey, string> act)
    {
        if (pod.Spec.Volumes.IsEmpty)
        {
            return;
        }

        foreach (var claim in ClaimsOf(pod))
        {
            act(claim, pod.Metadata.Name ?? "");
        }
    }

    private void Add(ObjectKey claim, string name, Pod pod)
    {
        if (!users.TryGetValue(claim, out var pods))
        {
            users.Add(claim, pods = new SortedDictionary<string, Pod>(StringComparer.Ordinal));
        }

        pods[name] = pod;
    }

    private void Remove(ObjectKey claim, string name)
    {
        if (users.TryGetValue(claim, out var pods) && pods.Remove(name) && pods.Count == 0)
        {
            users.Remove(claim);
        }
    }
}
