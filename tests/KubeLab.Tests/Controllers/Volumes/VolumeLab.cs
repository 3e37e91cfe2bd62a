using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Storage;
using KubeLab.Api.Verbs;
using KubeLab.Controllers;
using KubeLab.Controllers.Volumes.Disks;
using KubeLab.Simulation;

namespace KubeLab.Tests.Controllers.Volumes;

/// <summary>A controller lab above a cloud that makes disks in three seconds.</summary>
internal sealed class VolumeLab
{
    public VolumeLab()
    {
        Cloud = new MadeDisks(() => Lab!.Clock);
        Lab = new ControllerLab(ControllerManagerOptions.Default with { Disks = Cloud });
        Lab.AddNode("a", "zone-a");
        Lab.AddNode("b", "zone-b");
    }

    public ControllerLab Lab { get; }

    public MadeDisks Cloud { get; }

    public IKubernetesApi Api => Lab.Api;

    public PersistentVolumeClaim Data => Api.Get<PersistentVolumeClaim>("default", "data");

    public IReadOnlyList<PersistentVolume> Volumes => Api.List<PersistentVolume>();

    public IEnumerable<string> Events => Lab.EventsOf("PersistentVolumeClaim");

    public void Class(string name, string binding = "Immediate", bool isDefault = false, string reclaim = "Delete", string provisioner = "disks.example") =>
        Api.Create(new StorageClass
        {
            Metadata = new() { Name = name, Annotations = isDefault ? StringMap.Of(("storageclass.kubernetes.io/is-default-class", "true")) : default },
            Provisioner = provisioner,
            ReclaimPolicy = reclaim,
            VolumeBindingMode = binding,
        });

    public PersistentVolumeClaim Claim(string? sort, string size = "1Gi", Func<PersistentVolumeClaimSpec, PersistentVolumeClaimSpec>? change = null)
    {
        var spec = new PersistentVolumeClaimSpec
        {
            AccessModes = ["ReadWriteOnce"],
            StorageClassName = sort,
            Resources = new() { Requests = ResourceList.Of(("storage", Quantity.Parse(size))) },
        };
        return Api.Create(new PersistentVolumeClaim { Metadata = new() { Name = "data", Namespace = "default" }, Spec = change?.Invoke(spec) ?? spec });
    }

    public static PersistentVolume Volume(string name, string size, string modes = "ReadWriteOnce", string sort = "", string reclaim = "Retain", string? label = null) => new()
    {
        Metadata = new() { Name = name, Labels = label is null ? default : StringMap.Of(("tier", label)) },
        Spec = new PersistentVolumeSpec().WithHostPath() with
        {
            Capacity = ResourceList.Of(("storage", Quantity.Parse(size))),
            AccessModes = [.. modes.Split(',')],
            StorageClassName = sort,
            PersistentVolumeReclaimPolicy = reclaim,
        },
    };

    public void Run(double seconds) => Lab.Run(seconds);

    /// <summary>A pod that uses the claim; the scheduler has chosen <paramref name="node"/> or not yet.</summary>
    public void Use(string node = "") => Api.Create(new Pod
    {
        Metadata = new() { Name = "user", Namespace = "default" },
        Spec = ControllerLab.SpecOf("web:1") with
        {
            NodeName = node.Length == 0 ? null : node,
            SchedulingGates = node.Length == 0 ? [new PodSchedulingGate { Name = "wait" }] : default,
            Volumes = [new Volume { Name = "data", PersistentVolumeClaim = new() { ClaimName = "data" } }],
        },
    });

    internal sealed class MadeDisks(Func<VirtualClock> clock) : IDiskProvider
    {
        public string Driver => "disks.example";

        public SortedDictionary<string, DiskWish> Disks { get; } = new(StringComparer.Ordinal);

        public string? Refusal { get; set; }

        public void Create(DiskWish wish, Action<string?> done) => clock().After(TimeSpan.FromSeconds(3), () =>
        {
            if (Refusal is null)
            {
                Disks[wish.Name] = wish;
            }

            done(Refusal);
        });

        public void Delete(string name, Action<string?> done) => clock().After(TimeSpan.FromSeconds(2), () =>
        {
            Disks.Remove(name);
            done(null);
        });
    }
}

internal static class VolumeSources
{
    public static PersistentVolumeSpec WithHostPath(this PersistentVolumeSpec spec) =>
        System.Text.Json.JsonSerializer.Deserialize("""{"hostPath":{"path":"/data"}}""", ApiJson.Default.PersistentVolumeSpec)! with { Capacity = spec.Capacity };
}
