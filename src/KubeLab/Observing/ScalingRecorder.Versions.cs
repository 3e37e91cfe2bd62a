using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Observing;

/// <content>Copies by version.</content>
internal sealed partial class ScalingRecorder
{
    private readonly OrderedDictionary<ObjectKey, VersionRecord> versions = [];

    /// <summary>All versions that there ever were, in the order in which they came.</summary>
    public IEnumerable<VersionRecord> Versions => versions.Values;

    /// <summary>Those of one workload.</summary>
    public IReadOnlyList<VersionRecord> VersionsOf(string ns, string workload) => [.. Versions.Where(v => v.Workload == new ObjectKey(ns, workload))];

    private VersionRecord? VersionOf(Pod pod)
    {
        if (WorkloadRecords.KeyOf(pod) is not { } workload || pod.Metadata.OwnerReferences.Find(static o => o.Controller == true) is not { } owner)
        {
            return null;
        }

        var key = new ObjectKey(pod.Metadata.Namespace ?? "", owner.Name);
        if (!versions.TryGetValue(key, out var version))
        {
            versions.Add(key, version = new VersionRecord(workload, pod.Spec.Containers[0].Image ?? "", pod.Metadata.Labels));
        }

        return version;
    }
}
