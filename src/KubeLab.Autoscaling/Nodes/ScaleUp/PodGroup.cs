using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Simulating;

namespace KubeLab.Autoscaling.Nodes.ScaleUp;

/// <summary>Waiting pods that the scheduler cannot tell from each other: one of them is asked for all.</summary>
/// <remarks>Upstream: core/scaleup/equivalence.</remarks>
public sealed class PodGroup
{
    /// <summary>How many groups the pods of one controller are sorted into at most; further ones stand alone.</summary>
    public const int GroupsPerControllerMax = 10;

    private readonly List<Pod> pods;

    private PodGroup(Pod first) => pods = [first];

    /// <summary>The pods, at least one.</summary>
    public IReadOnlyList<Pod> Pods => pods;

    /// <summary>Whether a new node of some group would take them.</summary>
    public bool IsSchedulable { get; set; }

    /// <summary>Why a new node of a group would not take them, by group.</summary>
    public SortedDictionary<string, Misfit> Misfits { get; } = new(StringComparer.Ordinal);

    /// <summary>Sorts pods into groups, in the order of their first members: those of one controller with the same labels and the same spec belong together.</summary>
    public static IReadOnlyList<PodGroup> Of(IEnumerable<Pod> all)
    {
        var groups = new List<PodGroup>();
        var byController = new Dictionary<string, List<PodGroup>>(StringComparer.Ordinal);
        foreach (var pod in all)
        {
            if (PodTraits.ControllerOf(pod) is not { } owner || PodTraits.IsDaemon(pod))
            {
                groups.Add(new PodGroup(pod));
                continue;
            }

            if (!byController.TryGetValue(owner.Uid, out var siblings))
            {
                byController.Add(owner.Uid, siblings = []);
            }

            if (siblings.Find(g => AreAlike(g.pods[0], pod)) is { } known)
            {
                known.pods.Add(pod);
                continue;
            }

            var group = new PodGroup(pod);
            groups.Add(group);
            if (siblings.Count < GroupsPerControllerMax)
            {
                siblings.Add(group);
            }
        }

        return groups;
    }

    private static bool AreAlike(Pod one, Pod other) =>
        one.Metadata.Namespace == other.Metadata.Namespace && one.Metadata.Labels == other.Metadata.Labels && Comparable(one.Spec) == Comparable(other.Spec);

    /// <summary>A job's pods differ by their host name, and pods by the name of their own token volume; to the scheduler that is nothing.</summary>
    private static PodSpec Comparable(PodSpec spec)
    {
        var same = spec.Hostname is null ? spec : spec with { Hostname = null };
        return same.Volumes.Exists(static v => v.Name.StartsWith("kube-api-access-", StringComparison.Ordinal))
            ? same with
            {
                Volumes = same.Volumes.Where(static v => !v.Name.StartsWith("kube-api-access-", StringComparison.Ordinal)),
                Containers = same.Containers.Select(static c => c with { VolumeMounts = c.VolumeMounts.Where(static m => !m.Name.StartsWith("kube-api-access-", StringComparison.Ordinal)) }).ToValueList(),
            }
            : same;
    }
}
