using KubeLab.Api.Storage;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what storage drivers leave out.</summary>
/// <remarks>Upstream: pkg/apis/storage/v1/defaults.go.</remarks>
internal static class StorageDriverDefaults
{
    public static CSIDriver Fill(CSIDriver obj)
    {
        var spec = obj.Spec;
        var filled = spec with
        {
            AttachRequired = spec.AttachRequired ?? true,
            PodInfoOnMount = spec.PodInfoOnMount ?? false,
            StorageCapacity = spec.StorageCapacity ?? false,
            FsGroupPolicy = spec.FsGroupPolicy ?? "ReadWriteOnceWithFSType",
            VolumeLifecycleModes = spec.VolumeLifecycleModes.IsEmpty ? ["Persistent"] : spec.VolumeLifecycleModes,
            RequiresRepublish = spec.RequiresRepublish ?? false,
            SeLinuxMount = spec.SeLinuxMount ?? false,
        };
        return filled == spec ? obj : obj with { Spec = filled };
    }
}
