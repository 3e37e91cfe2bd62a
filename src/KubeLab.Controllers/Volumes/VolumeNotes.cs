using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.Volumes;

/// <summary>The annotations and finalizers by which binder, scheduler and provisioner speak to each other.</summary>
/// <remarks>Upstream: k8s.io/component-helpers/storage/volume.</remarks>
public static class VolumeNotes
{
    /// <summary>On a claim: it has been bound once, and is never bound to another volume.</summary>
    public const string BindCompleted = "pv.kubernetes.io/bind-completed";

    /// <summary>On a claim or a volume: the binder chose its other half, not the user.</summary>
    public const string BoundByController = "pv.kubernetes.io/bound-by-controller";

    /// <summary>On a volume: who made it.</summary>
    public const string ProvisionedBy = "pv.kubernetes.io/provisioned-by";

    /// <summary>On a claim: who shall make a volume for it.</summary>
    public const string Provisioner = "volume.kubernetes.io/storage-provisioner";

    /// <summary>The old name of <see cref="Provisioner"/>, which is still written.</summary>
    public const string BetaProvisioner = "volume.beta.kubernetes.io/storage-provisioner";

    /// <summary>On a claim: the node that the scheduler chose for the pod that wants it.</summary>
    public const string SelectedNode = "volume.kubernetes.io/selected-node";

    /// <summary>On a claim or a volume: its class, from before there was a field.</summary>
    public const string BetaClass = "volume.beta.kubernetes.io/storage-class";

    /// <summary>On a class: claims that name none get it.</summary>
    public const string IsDefaultClass = "storageclass.kubernetes.io/is-default-class";

    /// <summary>The finalizer of a claim that a pod may use.</summary>
    public const string ClaimFinalizer = "kubernetes.io/pvc-protection";

    /// <summary>The finalizer of a volume that a claim may use.</summary>
    public const string VolumeFinalizer = "kubernetes.io/pv-protection";

    /// <summary>The finalizer of a volume whose disk must be deleted first.</summary>
    public const string DiskFinalizer = "external-provisioner.volume.kubernetes.io/finalizer";

    /// <summary>The class of a claim; empty when it wants none.</summary>
    public static string ClassOf(PersistentVolumeClaim claim) => claim.Metadata.Annotations[BetaClass] ?? claim.Spec.StorageClassName ?? "";

    /// <summary>The class of a volume; empty when it has none.</summary>
    public static string ClassOf(PersistentVolume volume) => volume.Metadata.Annotations[BetaClass] ?? volume.Spec.StorageClassName ?? "";

    /// <summary>How much a claim wants.</summary>
    public static Quantity SizeOf(PersistentVolumeClaim claim) => claim.Spec.Resources.Requests["storage"] ?? Quantity.FromValue(0);

    /// <summary>How much a volume is.</summary>
    public static Quantity SizeOf(PersistentVolume volume) => volume.Spec.Capacity["storage"] ?? Quantity.FromValue(0);

    /// <summary>Whether <paramref name="volume"/> is kept for <paramref name="claim"/>, by the binder or by the user.</summary>
    public static bool IsFor(PersistentVolume volume, PersistentVolumeClaim claim) =>
        volume.Spec.ClaimRef is { } reference && reference.Name == claim.Metadata.Name && reference.Namespace == claim.Metadata.Namespace
        && (string.IsNullOrEmpty(reference.Uid) || reference.Uid == claim.Metadata.Uid);
}
