using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Api.Storage;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins.Volumes;

/// <summary>What claims, volumes and classes say to the scheduler.</summary>
internal static class VolumeReading
{
    public const string SelectedNode = "volume.kubernetes.io/selected-node";
    public const string BindCompleted = "pv.kubernetes.io/bind-completed";
    public const string BoundByController = "pv.kubernetes.io/bound-by-controller";
    private const string NoProvisioner = "kubernetes.io/no-provisioner";

    /// <summary>Whether a claim has its volume and both sides say so.</summary>
    public static bool IsBound(PersistentVolumeClaim claim) =>
        !string.IsNullOrEmpty(claim.Spec.VolumeName) && (claim.Status.Phase == "Bound" || claim.Metadata.Annotations.ContainsKey(BindCompleted));

    public static StorageClass? ClassOf(PersistentVolumeClaim claim, IClusterObjects objects) =>
        string.IsNullOrEmpty(claim.Spec.StorageClassName) ? null : objects.Find<StorageClass>("", claim.Spec.StorageClassName);

    /// <summary>Whether the claim waits until its first pod has a node.</summary>
    public static bool IsDelayed(PersistentVolumeClaim claim, IClusterObjects objects) =>
        claim.Metadata.Annotations.ContainsKey(SelectedNode) || ClassOf(claim, objects)?.VolumeBindingMode == "WaitForFirstConsumer";

    /// <summary>Whether the class makes volumes, and may make one for this node.</summary>
    public static bool CanProvision(StorageClass? storageClass, Node node) =>
        storageClass is { Provisioner.Length: > 0 } && storageClass.Provisioner != NoProvisioner && IsAllowed(storageClass, node);

    /// <summary>Whether the volume can be reached from the node.</summary>
    public static bool IsReachable(PersistentVolume volume, Node node) =>
        AffinityOf(volume) is not { } required || NodeSelectorMatch.Matches(required, node.Metadata.Labels, node.Metadata.Name!);

    public static NodeSelector? AffinityOf(PersistentVolume volume) =>
        volume.Spec.NodeAffinity?.Overflow?["required"] is { ValueKind: JsonValueKind.Object } required
            ? JsonSerializer.Deserialize(required, ApiJson.Default.NodeSelector)
            : null;

    /// <summary>The smallest free volume that the claim can have on the node, or one that is kept for it.</summary>
    /// <remarks>Upstream: component-helpers/storage/volume FindMatchingVolume.</remarks>
    public static PersistentVolume? FindVolume(PersistentVolumeClaim claim, IEnumerable<PersistentVolume> volumes, Node node, Func<PersistentVolume, bool> isTaken)
    {
        PersistentVolume? best = null;
        var wanted = SizeOf(claim);
        var selector = claim.Spec.Selector is null ? Selector.Everything : SelectorReading.Of(claim.Spec.Selector);
        foreach (var volume in volumes)
        {
            var size = volume.Spec.Capacity["storage"] ?? Quantity.Zero;
            if (isTaken(volume) || volume.Metadata.DeletionTimestamp is not null || size.CompareTo(wanted) < 0
                || (volume.Spec.VolumeMode ?? "Filesystem") != (claim.Spec.VolumeMode ?? "Filesystem") || !IsReachable(volume, node))
            {
                continue;
            }

            if (volume.Spec.ClaimRef is { } reference)
            {
                if (reference.Name == claim.Metadata.Name && reference.Namespace == claim.Metadata.Namespace
                    && (string.IsNullOrEmpty(reference.Uid) || reference.Uid == claim.Metadata.Uid))
                {
                    return volume;
                }

                continue;
            }

            if (volume.Status.Phase == "Available" && (volume.Spec.StorageClassName ?? "") == (claim.Spec.StorageClassName ?? "")
                && !claim.Spec.AccessModes.Exists(mode => !volume.Spec.AccessModes.Exists(m => m == mode))
                && selector.Matches(volume.Metadata.Labels)
                && (best is null || size.CompareTo(best.Spec.Capacity["storage"] ?? Quantity.Zero) < 0))
            {
                best = volume;
            }
        }

        return best;
    }

    public static Quantity SizeOf(PersistentVolumeClaim claim) => claim.Spec.Resources.Requests["storage"] ?? Quantity.Zero;

    private static bool IsAllowed(StorageClass storageClass, Node node)
    {
        if (storageClass.AllowedTopologies.IsEmpty)
        {
            return true;
        }

        foreach (var term in storageClass.AllowedTopologies)
        {
            if (term.Overflow?["matchLabelExpressions"] is { ValueKind: JsonValueKind.Array } lines
                && lines.EnumerateArray().All(line => Holds(line, node.Metadata.Labels)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(JsonElement line, StringMap labels) =>
        line.TryGetProperty("key", out var key) && labels.TryGetValue(key.GetString() ?? "", out var value)
        && line.TryGetProperty("values", out var values) && values.EnumerateArray().Any(v => v.GetString() == value);
}
