using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;

namespace KubeLab.Controllers.Volumes;

/// <summary>Finds the volume that suits a claim best: one that is kept for it, or else the smallest that is large enough.</summary>
/// <remarks>Upstream: findByClaim in pkg/controller/volume/persistentvolume/index.go and FindMatchingVolume in component-helpers.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding">Binding</seealso>
public static class VolumeMatch
{
    /// <summary>The best of <paramref name="volumes"/>, or null.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="volumes">All volumes; ties go to the first.</param>
    /// <param name="isDelayed">Whether the scheduler chooses, so that only volumes that are kept for the claim count here.</param>
    public static PersistentVolume? Best(PersistentVolumeClaim claim, IEnumerable<PersistentVolume> volumes, bool isDelayed)
    {
        var selector = claim.Spec.Selector is { } given ? Owning.Claiming.SelectorOf(given) : Selector.Everything;
        PersistentVolume? best = null;
        foreach (var volume in volumes)
        {
            if (volume.Metadata.DeletionTimestamp is not null || Mismatch(claim, volume) is not null
                || (volume.Spec.ClaimRef is not null && !VolumeNotes.IsFor(volume, claim)))
            {
                continue;
            }

            if (VolumeNotes.IsFor(volume, claim))
            {
                return volume;
            }

            var suits = !isDelayed && volume.Status.Phase == "Available" && selector.Matches(volume.Metadata.Labels)
                && VolumeNotes.ClassOf(volume) == VolumeNotes.ClassOf(claim);
            if (suits && (best is null || IsTighter(volume, best)))
            {
                best = volume;
            }
        }

        return best;
    }

    /// <summary>Why <paramref name="volume"/> cannot serve <paramref name="claim"/> even when it is asked for by name; null when it can.</summary>
    public static string? Refusal(PersistentVolumeClaim claim, PersistentVolume volume) =>
        VolumeNotes.SizeOf(volume) < VolumeNotes.SizeOf(claim) ? "requested PV is too small"
        : VolumeNotes.ClassOf(volume) != VolumeNotes.ClassOf(claim) ? "storageClassName does not match"
        : Mismatch(claim, volume);

    private static string? Mismatch(PersistentVolumeClaim claim, PersistentVolume volume) =>
        VolumeNotes.SizeOf(volume) < VolumeNotes.SizeOf(claim) ? "requested PV is too small"
        : (volume.Spec.VolumeMode ?? "Filesystem") != (claim.Spec.VolumeMode ?? "Filesystem") ? "incompatible volumeMode"
        : !Has(volume.Spec.AccessModes, claim.Spec.AccessModes) ? "incompatible accessMode"
        : null;

    /// <summary>A volume that can do less is taken before one that can do more, then the smaller one.</summary>
    private static bool IsTighter(PersistentVolume volume, PersistentVolume best)
    {
        var order = volume.Spec.AccessModes.Count.CompareTo(best.Spec.AccessModes.Count);
        return order < 0 || (order == 0 && VolumeNotes.SizeOf(volume) < VolumeNotes.SizeOf(best));
    }

    private static bool Has(ValueList<string> modes, ValueList<string> wanted)
    {
        foreach (var mode in wanted)
        {
            if (!modes.Exists(m => m == mode))
            {
                return false;
            }
        }

        return true;
    }
}
