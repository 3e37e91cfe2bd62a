using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Storage;
using KubeLab.Etcd;

namespace KubeLab.ApiServer.Admission;

/// <summary>A new claim that names no class gets the default one; one that names the empty class keeps it.</summary>
/// <remarks>Upstream: plugin/pkg/admission/storage/storageclass/setdefault. Of several defaults the newest counts.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass">Default StorageClass</seealso>
internal sealed class DefaultStorageClass : IAdmissionPlugin
{
    private const string BetaClass = "volume.beta.kubernetes.io/storage-class";

    public IApiObject Admit(in AdmissionRequest request)
    {
        if (request.Operation != Operation.Create || request.Object is not PersistentVolumeClaim claim
            || claim.Spec.StorageClassName is not null || claim.Metadata.Annotations.ContainsKey(BetaClass))
        {
            return request.Object;
        }

        var prefix = StorageClass.Resource.StorePrefix;
        var standard = request.Context.Etcd.Range(prefix, KeyRange.PrefixEnd(prefix)).Items.Select(i => (StorageClass)i.Value).Where(IsDefault)
            .OrderByDescending(c => c.Metadata.CreationTimestamp?.Instant).ThenBy(c => c.Metadata.Name, StringComparer.Ordinal).FirstOrDefault();
        return standard is null ? claim : claim with { Spec = claim.Spec with { StorageClassName = standard.Metadata.Name } };
    }

    private static bool IsDefault(StorageClass candidate) =>
        candidate.Metadata.Annotations["storageclass.kubernetes.io/is-default-class"] == "true"
        || candidate.Metadata.Annotations["storageclass.beta.kubernetes.io/is-default-class"] == "true";
}
