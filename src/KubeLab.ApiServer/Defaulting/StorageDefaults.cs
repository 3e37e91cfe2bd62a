using KubeLab.Api.Core;
using KubeLab.Api.Storage;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what claims, volumes and storage classes leave out.</summary>
internal static class StorageDefaults
{
    public static PersistentVolumeClaim Fill(PersistentVolumeClaim obj) => obj.Spec.VolumeMode is not null && obj.Status.Phase is not null
        ? obj
        : obj with
        {
            Spec = obj.Spec with { VolumeMode = obj.Spec.VolumeMode ?? "Filesystem" },
            Status = obj.Status with { Phase = obj.Status.Phase ?? "Pending" },
        };

    public static PersistentVolume Fill(PersistentVolume obj)
    {
        var spec = obj.Spec;
        var filled = spec with { VolumeMode = spec.VolumeMode ?? "Filesystem", PersistentVolumeReclaimPolicy = spec.PersistentVolumeReclaimPolicy ?? "Retain" };
        return filled == spec ? obj : obj with { Spec = filled };
    }

    public static StorageClass Fill(StorageClass obj) => obj.ReclaimPolicy is not null && obj.VolumeBindingMode is not null
        ? obj
        : obj with { ReclaimPolicy = obj.ReclaimPolicy ?? "Delete", VolumeBindingMode = obj.VolumeBindingMode ?? "Immediate" };
}
