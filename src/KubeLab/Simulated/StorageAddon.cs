using KubeLab.Api;
using KubeLab.Api.Storage;
using KubeLab.Api.Verbs;
using KubeLab.Cloud.Storage;

namespace KubeLab.Simulated;

/// <summary>The storage classes that a provider's cluster begins with, stored when its control plane first runs.</summary>
/// <seealso href="https://cloud.google.com/kubernetes-engine/docs/concepts/persistent-volumes#storageclasses">StorageClasses of GKE</seealso>
internal static class StorageAddon
{
    public static void Install(IKubernetesApi api, StorageOffer offer)
    {
        foreach (var sort in offer.Classes)
        {
            api.Create(new StorageClass
            {
                Metadata = new()
                {
                    Name = sort.Name,
                    Annotations = sort.IsDefault ? StringMap.Of(("storageclass.kubernetes.io/is-default-class", "true")) : default,
                },
                Provisioner = offer.Driver,
                Parameters = StringMap.Of(("type", sort.Disk)),
                ReclaimPolicy = "Delete",
                VolumeBindingMode = sort.Binding,
                AllowVolumeExpansion = true,
            });
        }
    }
}
