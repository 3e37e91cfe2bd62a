using KubeLab.Nodes.Pods;

namespace KubeLab.Nodes.Volumes;

/// <summary>Whether a pod keeps more in its empty directories than it may.</summary>
/// <remarks>Upstream: localStorageEviction in pkg/kubelet/eviction/eviction_manager.go. What containers write elsewhere, and their logs, are not counted.</remarks>
internal static class EmptyDirLimits
{
    /// <summary>Why the pod has to go, or null.</summary>
    public static string? WhyTooMuch(PodWorker pod)
    {
        if (pod.EmptyDirs is not { } volumes)
        {
            return null;
        }

        foreach (var volume in pod.Pod.Spec.Volumes)
        {
            if (volume.EmptyDir?.SizeLimit is { Sign: > 0 } limit && volumes.BytesOf(volume.Name) > limit.Value)
            {
                return $"Usage of EmptyDir volume \"{volume.Name}\" exceeds the limit \"{limit}\". ";
            }
        }

        return null;
    }
}
