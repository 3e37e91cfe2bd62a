using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;

namespace KubeLab.Controllers.Volumes;

/// <summary>Follows what becomes of each volume: free, taken, left by its claim.</summary>
/// <remarks>Upstream: syncVolume in pkg/controller/volume/persistentvolume/pv_controller.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming">Reclaiming</seealso>
internal sealed class VolumeReconciler(
    IKubernetesApi api, EventRecorder events, InformerFactory informers, VolumeWriter writer, Action<ObjectKey> lookAtClaim) : IReconciler
{
    private readonly Informer<PersistentVolumeClaim> claims = informers.For<PersistentVolumeClaim>();
    private readonly Informer<PersistentVolume> volumes = informers.For<PersistentVolume>();

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (volumes[key] is { } volume)
        {
            Sync(volume);
        }

        return ReconcileResult.Done;
    }

    private void Sync(PersistentVolume volume)
    {
        if (volume.Spec.ClaimRef is not { Uid.Length: > 0 } reference)
        {
            writer.Phase(volume, "Available");
            return;
        }

        var key = new ObjectKey(reference.Namespace ?? "", reference.Name ?? "");

        // A cache that has not seen the claim yet must not make its volume be deleted.
        var claim = claims[key] is { } cached && cached.Metadata.Uid == reference.Uid ? cached : (PersistentVolumeClaim?)api.Find(PersistentVolumeClaim.Resource, key);
        if (claim is null || claim.Metadata.Uid != reference.Uid)
        {
            Release(volume);
        }
        else if (string.IsNullOrEmpty(claim.Spec.VolumeName))
        {
            lookAtClaim(key);
        }
        else if (claim.Spec.VolumeName == volume.Metadata.Name)
        {
            writer.Phase(volume, "Bound");
        }
        else if (volume.Metadata.Annotations.ContainsKey(VolumeNotes.ProvisionedBy) && volume.Spec.PersistentVolumeReclaimPolicy == "Delete")
        {
            // It was made for the claim, which has found another: nobody needs it.
            Release(volume);
        }
        else
        {
            writer.Phase(api.Update(Binding.Unbound(volume)), "Available");
        }
    }

    /// <summary>Its claim is gone. Whoever made it deletes it; one that nobody made cannot be deleted.</summary>
    private void Release(PersistentVolume volume)
    {
        if (volume.Status.Phase is not ("Released" or "Failed"))
        {
            volume = writer.Phase(volume, "Released");
        }

        if (volume.Spec.PersistentVolumeReclaimPolicy == "Delete" && !volume.Metadata.Annotations.ContainsKey(VolumeNotes.ProvisionedBy)
            && volume.Spec.Overflow?["csi"] is null && volume.Status.Phase != "Failed")
        {
            var message = $"error getting deleter volume plugin for volume \"{volume.Metadata.Name}\": no deletable volume plugin matched";
            writer.Phase(volume, "Failed", message);
            events.Warning(volume, "VolumeFailedDelete", message);
        }
    }
}
