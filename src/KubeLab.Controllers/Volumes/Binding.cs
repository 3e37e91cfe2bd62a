using KubeLab.Api.Core;

namespace KubeLab.Controllers.Volumes;

/// <summary>The two halves of a bond: what a volume and a claim say when they belong together. Each step alone is right, so that one that fails is simply done again.</summary>
/// <remarks>Upstream: GetBindVolumeToClaim, bindClaimToVolume and updateClaimStatus in pkg/controller/volume/persistentvolume.</remarks>
public static class Binding
{
    private const string Yes = "yes";

    /// <summary>The volume as it is kept for <paramref name="claim"/>.</summary>
    public static PersistentVolume Kept(PersistentVolume volume, PersistentVolumeClaim claim)
    {
        if (volume.Spec.ClaimRef is { } present && present.Uid == claim.Metadata.Uid && VolumeNotes.IsFor(volume, claim))
        {
            return volume;
        }

        // A reference that was there already is the user's choice.
        var metadata = volume.Spec.ClaimRef is null ? volume.Metadata with { Annotations = volume.Metadata.Annotations.With(VolumeNotes.BoundByController, Yes) } : volume.Metadata;
        var reference = new ObjectReference
        {
            Kind = claim.Kind,
            ApiVersion = claim.ApiVersion,
            Namespace = claim.Metadata.Namespace,
            Name = claim.Metadata.Name,
            Uid = claim.Metadata.Uid,
            ResourceVersion = claim.Metadata.ResourceVersion,
        };
        return volume with { Metadata = metadata, Spec = volume.Spec with { ClaimRef = reference } };
    }

    /// <summary>The claim as it names <paramref name="volume"/>.</summary>
    public static PersistentVolumeClaim Named(PersistentVolumeClaim claim, PersistentVolume volume)
    {
        var annotations = claim.Metadata.Annotations;
        if (claim.Spec.VolumeName != volume.Metadata.Name)
        {
            annotations = annotations.With(VolumeNotes.BoundByController, Yes);
        }

        if (!annotations.ContainsKey(VolumeNotes.BindCompleted))
        {
            annotations = annotations.With(VolumeNotes.BindCompleted, Yes);
        }

        return claim with { Metadata = claim.Metadata with { Annotations = annotations }, Spec = claim.Spec with { VolumeName = volume.Metadata.Name } };
    }

    /// <summary>What a claim reports that has <paramref name="volume"/>, or none.</summary>
    public static PersistentVolumeClaimStatus StatusOf(PersistentVolumeClaim claim, string phase, PersistentVolume? volume) => volume is null
        ? claim.Status with { Phase = phase, AccessModes = default, Capacity = default }
        : claim.Status with
        {
            Phase = phase,
            AccessModes = volume.Spec.AccessModes,
            Capacity = claim.Status.Phase == phase && claim.Status.Capacity.ContainsKey("storage") ? claim.Status.Capacity : volume.Spec.Capacity,
        };

    /// <summary>The volume free again for whoever it was kept for by its user, or for anybody.</summary>
    public static PersistentVolume Unbound(PersistentVolume volume) => volume.Metadata.Annotations.ContainsKey(VolumeNotes.BoundByController)
        ? volume with
        {
            Metadata = volume.Metadata with { Annotations = volume.Metadata.Annotations.Without(VolumeNotes.BoundByController) },
            Spec = volume.Spec with { ClaimRef = null },
        }
        : volume with { Spec = volume.Spec with { ClaimRef = volume.Spec.ClaimRef! with { Uid = null } } };
}
