using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Storage;

namespace KubeLab.Controllers.Volumes.Disks;

/// <summary>The disk and the volume that a claim gets.</summary>
/// <remarks>Upstream: sigs.k8s.io/sig-storage-lib-external-provisioner and kubernetes-csi/external-provisioner.</remarks>
public static class DiskVolume
{
    private const long Gib = 1L << 30;

    /// <summary>The name of the disk and of the volume.</summary>
    public static string NameOf(PersistentVolumeClaim claim) => $"pvc-{claim.Metadata.Uid}";

    /// <summary>The disk for <paramref name="claim"/>; sizes are rounded up to whole GiB.</summary>
    public static DiskWish WishOf(PersistentVolumeClaim claim, StorageClass sort, string? zone) =>
        new(NameOf(claim), sort.Parameters["type"], Math.Max(1, (VolumeNotes.SizeOf(claim).Value + Gib - 1) / Gib), zone);

    /// <summary>The volume that stands for the disk.</summary>
    public static PersistentVolume Of(PersistentVolumeClaim claim, StorageClass sort, DiskWish disk, string driver)
    {
        var source = JsonSerializer.SerializeToElement(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["driver"] = driver, ["fsType"] = "ext4", ["volumeHandle"] = Handle(disk) },
            DiskJson.Default.DictionaryStringString);
        return new PersistentVolume
        {
            Metadata = new ObjectMeta
            {
                Name = disk.Name,
                Annotations = StringMap.Of(
                    (VolumeNotes.ProvisionedBy, driver),
                    ("volume.kubernetes.io/provisioner-deletion-secret-name", ""),
                    ("volume.kubernetes.io/provisioner-deletion-secret-namespace", "")),
                Finalizers = sort.ReclaimPolicy == "Delete" ? [VolumeNotes.DiskFinalizer] : default,
            },
            Spec = WithSource(source) with
            {
                Capacity = ResourceList.Of(("storage", Quantity.FromBytes(disk.SizeGib * Gib))),
                AccessModes = claim.Spec.AccessModes,
                ClaimRef = new ObjectReference
                {
                    Kind = claim.Kind,
                    ApiVersion = claim.ApiVersion,
                    Namespace = claim.Metadata.Namespace,
                    Name = claim.Metadata.Name,
                    Uid = claim.Metadata.Uid,
                    ResourceVersion = claim.Metadata.ResourceVersion,
                },
                PersistentVolumeReclaimPolicy = sort.ReclaimPolicy,
                StorageClassName = sort.Metadata.Name,
                MountOptions = sort.MountOptions,
                VolumeMode = claim.Spec.VolumeMode,
                NodeAffinity = disk.Zone is null ? null : Near(disk.Zone),
            },
        };
    }

    private static string Handle(DiskWish disk) => disk.Zone is null ? disk.Name : $"zones/{disk.Zone}/disks/{disk.Name}";

    private static PersistentVolumeSpec WithSource(JsonElement source)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName("csi");
            source.WriteTo(json);
            json.WriteEndObject();
        }

        return JsonSerializer.Deserialize(buffer.ToArray(), ApiJson.Default.PersistentVolumeSpec)!;
    }

    private static OpaqueObject Near(string zone)
    {
        var required = new NodeSelector
        {
            NodeSelectorTerms = [new NodeSelectorTerm { MatchExpressions = [new NodeSelectorRequirement { Key = DiskZone.Label, Operator = "In", Values = [zone] }] }],
        };
        return new OpaqueObject().With("required", JsonSerializer.SerializeToElement(required, ApiJson.Default.NodeSelector));
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class DiskJson : System.Text.Json.Serialization.JsonSerializerContext;
