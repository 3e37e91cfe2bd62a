using KubeLab.Api.Core;

namespace KubeLab.Observing.Costs;

/// <summary>To whom a pod belongs, as people call it.</summary>
internal static class WorkloadNames
{
    /// <summary>The deployment behind its replica set, or else its owner, or else itself.</summary>
    public static string Of(Pod pod)
    {
        if (pod.Metadata.OwnerReferences.Find(static o => o.Controller == true) is not { } owner)
        {
            return pod.Metadata.Name ?? "";
        }

        var end = $"-{pod.Metadata.Labels["pod-template-hash"]}";
        return owner.Kind == "ReplicaSet" && end.Length > 1 && owner.Name.EndsWith(end, StringComparison.Ordinal) ? owner.Name[..^end.Length] : owner.Name;
    }
}
