using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what claims leave out: they are mounted as file systems.</summary>
internal static class StorageDefaults
{
    public static PersistentVolumeClaim Fill(PersistentVolumeClaim obj) => obj.Spec.VolumeMode is not null && obj.Status.Phase is not null
        ? obj
        : obj with
        {
            Spec = obj.Spec with { VolumeMode = obj.Spec.VolumeMode ?? "Filesystem" },
            Status = obj.Status with { Phase = obj.Status.Phase ?? "Pending" },
        };
}
