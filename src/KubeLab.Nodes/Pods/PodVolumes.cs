using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Stages;

namespace KubeLab.Nodes.Pods;

/// <summary>Whether the storage that a pod claims can be mounted: a claim must have a volume first.</summary>
/// <remarks>Upstream: pkg/kubelet/volumemanager.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes">Claims as volumes</seealso>
internal static class PodVolumes
{
    /// <summary>What stages ask about the pod's claims, and why they cannot be mounted; pods without claims ask nobody.</summary>
    public static (Facts Facts, string? Error) Look(Pod pod, IKubernetesApi api)
    {
        var facts = Facts.VolumesReady;
        List<string>? missing = null;
        string? error = null;
        foreach (var volume in pod.Spec.Volumes)
        {
            if (volume.PersistentVolumeClaim is not { } source)
            {
                continue;
            }

            facts = Facts.VolumesBound;
            if (WhyNot(pod.Metadata.Namespace ?? "", source.ClaimName, api) is { } reason)
            {
                (missing ??= []).Add(volume.Name);
                error ??= $"error processing PVC {pod.Metadata.Namespace}/{source.ClaimName}: {reason}";
            }
        }

        if (missing is null)
        {
            return (facts, null);
        }

        var names = string.Join(' ', missing);
        return (Facts.VolumesMissing, $"Unable to attach or mount volumes: unmounted volumes=[{names}], unattached volumes=[], failed to process volumes=[{names}]: {error}");
    }

    private static string? WhyNot(string ns, string name, IKubernetesApi api)
    {
        try
        {
            if (api.Find<PersistentVolumeClaim>(ns, name) is not { } claim)
            {
                return $"failed to fetch PVC from API server: persistentvolumeclaims \"{name}\" not found";
            }

            return claim.Status.Phase == "Bound" && !string.IsNullOrEmpty(claim.Spec.VolumeName) ? null
                : $"PVC {name} has non-bound phase (\"{claim.Status.Phase}\") or empty pvc.Spec.VolumeName (\"{claim.Spec.VolumeName}\")";
        }
        catch (ApiException refusal)
        {
            return $"failed to fetch PVC from API server: {refusal.Message}";
        }
    }
}
