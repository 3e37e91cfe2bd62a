using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Storage;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;

namespace KubeLab.Controllers.Volumes;

/// <summary>Finds a volume for each claim, or asks for one to be made.</summary>
/// <remarks>Upstream: syncClaim in pkg/controller/volume/persistentvolume/pv_controller.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/">Persistent volumes</seealso>
internal sealed class ClaimReconciler(
    IKubernetesApi api, EventRecorder events, InformerFactory informers, VolumeWriter writer, ClaimUsers users) : IReconciler
{
    /// <summary>How often claims that wait are looked at again, whatever happens.</summary>
    public static readonly TimeSpan ResyncPeriod = TimeSpan.FromSeconds(15);

    private readonly Informer<PersistentVolumeClaim> claims = informers.For<PersistentVolumeClaim>();
    private readonly Informer<PersistentVolume> volumes = informers.For<PersistentVolume>();
    private readonly Informer<StorageClass> classes = informers.For<StorageClass>();

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (claims[key] is not { } claim)
        {
            return ReconcileResult.Done;
        }

        if (claim.Metadata.Annotations.ContainsKey(VolumeNotes.BindCompleted))
        {
            SyncBound(claim);
            return ReconcileResult.Done;
        }

        return SyncUnbound(claim) ? ReconcileResult.Done : ReconcileResult.After(ResyncPeriod);
    }

    /// <summary>Says whether the claim is bound now.</summary>
    private bool SyncUnbound(PersistentVolumeClaim claim)
    {
        if (claim.Spec.VolumeName is { Length: > 0 } wanted)
        {
            return BindTo(claim, wanted);
        }

        var name = VolumeNotes.ClassOf(claim);
        var sort = classes[new ObjectKey("", name)];
        var isDelayed = sort?.VolumeBindingMode == "WaitForFirstConsumer";
        if (VolumeMatch.Best(claim, volumes.Objects, isDelayed) is { } volume)
        {
            writer.Bind(volume, claim);
            return true;
        }

        if (name.Length == 0 && claim.Spec.StorageClassName is null && DefaultClass.Of(classes.Objects) is { } standard)
        {
            // The class was made the default after the claim was made.
            api.Update(claim with { Spec = claim.Spec with { StorageClassName = standard.Metadata.Name } });
            return false;
        }

        if (isDelayed && !claim.Metadata.Annotations.ContainsKey(VolumeNotes.SelectedNode))
        {
            TellWhatIsAwaited(claim);
        }
        else if (name.Length > 0)
        {
            Provision(claim, name, sort);
            return false;
        }
        else
        {
            events.Normal(claim, "FailedBinding", "no persistent volumes available for this claim and no storage class is set");
        }

        writer.Phase(claim, "Pending");
        return false;
    }

    /// <summary>The claim names its volume; says whether it has it now.</summary>
    private bool BindTo(PersistentVolumeClaim claim, string name)
    {
        if (volumes[new ObjectKey("", name)] is { } volume)
        {
            if (volume.Spec.ClaimRef is null && VolumeMatch.Refusal(claim, volume) is { } refusal)
            {
                events.Warning(claim, "VolumeMismatch", $"Cannot bind to requested volume \"{name}\": {refusal}");
            }
            else if (volume.Spec.ClaimRef is null || VolumeNotes.IsFor(volume, claim))
            {
                writer.Bind(volume, claim);
                return true;
            }
            else
            {
                events.Warning(claim, "FailedBinding", $"volume \"{name}\" already bound to a different claim.");
            }
        }

        writer.Phase(claim, "Pending");
        return false;
    }

    private void SyncBound(PersistentVolumeClaim claim)
    {
        var volume = claim.Spec.VolumeName is { Length: > 0 } name ? volumes[new ObjectKey("", name)] : null;
        if (volume is null)
        {
            var what = string.IsNullOrEmpty(claim.Spec.VolumeName) ? "reference to PersistentVolume" : "its PersistentVolume";
            Lose(claim, "ClaimLost", $"Bound claim has lost {what}. Data on the volume is lost!");
        }
        else if (volume.Spec.ClaimRef is null || volume.Spec.ClaimRef.Uid == claim.Metadata.Uid)
        {
            writer.Bind(volume, claim);
        }
        else
        {
            Lose(claim, "ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly");
        }
    }

    private void Lose(PersistentVolumeClaim claim, string reason, string message)
    {
        if (writer.Phase(claim, "Lost"))
        {
            events.Warning(claim, reason, message);
        }
    }

    private void TellWhatIsAwaited(PersistentVolumeClaim claim)
    {
        var pods = users[ObjectKey.Of(claim)]
            .Where(p => string.IsNullOrEmpty(p.Spec.NodeName)).Select(p => p.Metadata.Name).ToList();
        if (pods.Count == 0)
        {
            events.Normal(claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
        }
        else
        {
            events.Normal(claim, "WaitForPodScheduled", $"waiting for pod{(pods.Count > 1 ? "s" : "")} {string.Join(',', pods)} to be scheduled");
        }
    }

    /// <summary>Names who shall make the volume; that one watches claims and does the rest.</summary>
    private void Provision(PersistentVolumeClaim claim, string name, StorageClass? sort)
    {
        if (sort is null)
        {
            events.Warning(claim, "ProvisioningFailed", $"storageclass.storage.k8s.io \"{name}\" not found");
            return;
        }

        var annotations = claim.Metadata.Annotations.With(VolumeNotes.Provisioner, sort.Provisioner).With(VolumeNotes.BetaProvisioner, sort.Provisioner);
        if (annotations != claim.Metadata.Annotations)
        {
            api.Update(claim with { Metadata = claim.Metadata with { Annotations = annotations } });
        }

        events.Normal(
            claim,
            "ExternalProvisioning",
            $"Waiting for a volume to be created either by the external provisioner '{sort.Provisioner}' or manually by the system administrator. "
            + "If volume creation is delayed, please verify that the provisioner is running and correctly registered.");
    }
}
