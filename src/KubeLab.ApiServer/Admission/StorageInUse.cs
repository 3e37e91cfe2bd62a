using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Admission;

/// <summary>A new claim or volume gets the finalizer that keeps it while it is in use.</summary>
/// <remarks>Upstream: plugin/pkg/admission/storage/storageobjectinuseprotection.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#storage-object-in-use-protection">Storage object in use protection</seealso>
internal sealed class StorageInUse : IAdmissionPlugin
{
    public IApiObject Admit(in AdmissionRequest request) => (request.Operation, request.Object) switch
    {
        (Operation.Create, PersistentVolumeClaim claim) => Kept(claim, "kubernetes.io/pvc-protection"),
        (Operation.Create, PersistentVolume volume) => Kept(volume, "kubernetes.io/pv-protection"),
        _ => request.Object,
    };

    private static IApiObject Kept(IApiObject obj, string finalizer) => obj.Metadata.Finalizers.Exists(f => f == finalizer)
        ? obj
        : obj.WithMetadata(obj.Metadata with { Finalizers = obj.Metadata.Finalizers.Add(finalizer) });
}
