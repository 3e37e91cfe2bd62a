using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Storage;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Volumes.Disks;

/// <summary>The storage driver of a cloud: makes a disk and a volume for each claim that asks it, and deletes both when the claim is gone.</summary>
/// <remarks>
/// Upstream it is a deployment of its own beside the controller manager (kubernetes-csi/external-provisioner); here it runs in the same process, and knows
/// of claims and volumes through the API alone.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/storage/dynamic-provisioning/">Dynamic provisioning</seealso>
internal sealed class DiskProvisioner : IManagedController
{
    private readonly IKubernetesApi api;
    private readonly EventRecorder events;
    private readonly IDiskProvider provider;
    private readonly Informer<PersistentVolumeClaim> claims;
    private readonly Informer<PersistentVolume> volumes;
    private readonly Informer<StorageClass> classes;
    private readonly Informer<Node> nodes;
    private readonly Controller claimLoop;
    private readonly Controller volumeLoop;
    private readonly HashSet<string> underWay = new(StringComparer.Ordinal);
    private bool isStopped;

    public DiskProvisioner(IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, IDiskProvider provider)
    {
        this.api = api;
        this.events = events;
        this.provider = provider;
        claims = informers.For<PersistentVolumeClaim>();
        volumes = informers.For<PersistentVolume>();
        classes = informers.For<StorageClass>();
        nodes = informers.For<Node>();
        var pauses = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        claimLoop = new Controller(Name, clock, new Loop(key => claims[key] is { } claim && Asks(claim), key => Provision(claims[key]!)), pauses);
        volumeLoop = new Controller(Name, clock, new Loop(key => volumes[key] is { } volume && IsToGo(volume), key => Remove(volumes[key]!)), pauses);
        claims.Added += OnClaim;
        claims.Updated += (_, claim) => OnClaim(claim);
        volumes.Added += OnVolume;
        volumes.Updated += (_, volume) => OnVolume(volume);
    }

    public string Name => provider.Driver;

    public void Start()
    {
        claimLoop.Start();
        volumeLoop.Start();
    }

    public void Stop()
    {
        isStopped = true;
        claimLoop.Stop();
        volumeLoop.Stop();
    }

    // The class is looked up later: at a start it may not have been listed yet.
    private void OnClaim(PersistentVolumeClaim claim)
    {
        if (string.IsNullOrEmpty(claim.Spec.VolumeName) && claim.Metadata.Annotations[VolumeNotes.Provisioner] == provider.Driver)
        {
            claimLoop.Enqueue(ObjectKey.Of(claim));
        }
    }

    private void OnVolume(PersistentVolume volume)
    {
        if (IsToGo(volume))
        {
            volumeLoop.Enqueue(ObjectKey.Of(volume));
        }
    }

    private bool Asks(PersistentVolumeClaim claim) =>
        string.IsNullOrEmpty(claim.Spec.VolumeName) && claim.Metadata.DeletionTimestamp is null
        && claim.Metadata.Annotations[VolumeNotes.Provisioner] == provider.Driver
        && classes[new ObjectKey("", VolumeNotes.ClassOf(claim))] is { } sort
        && (sort.VolumeBindingMode != "WaitForFirstConsumer" || claim.Metadata.Annotations.ContainsKey(VolumeNotes.SelectedNode));

    private bool IsToGo(PersistentVolume volume) =>
        volume.Metadata.Annotations[VolumeNotes.ProvisionedBy] == provider.Driver
        && volume.Spec.PersistentVolumeReclaimPolicy == "Delete" && volume.Status.Phase is "Released" or "Failed";

    private void Provision(PersistentVolumeClaim claim)
    {
        var name = DiskVolume.NameOf(claim);
        if (api.Find<PersistentVolume>("", name) is not null || !underWay.Add(name))
        {
            return;
        }

        var sort = classes[new ObjectKey("", VolumeNotes.ClassOf(claim))]!;
        var node = claim.Metadata.Annotations[VolumeNotes.SelectedNode] is { } selected ? nodes[new ObjectKey("", selected)] : null;
        var disk = DiskVolume.WishOf(claim, sort, DiskZone.Of(claim.Metadata.Name!, node, sort, nodes.Objects));
        events.Normal(claim, "Provisioning", $"External provisioner is provisioning volume for claim \"{claim.Metadata.Namespace}/{claim.Metadata.Name}\"");
        provider.Create(disk, failure => Finish(name, () => Provisioned(claim, sort, disk, failure)));
    }

    private void Provisioned(PersistentVolumeClaim claim, StorageClass sort, DiskWish disk, string? failure)
    {
        try
        {
            if (failure is not null)
            {
                events.Warning(claim, "ProvisioningFailed", $"failed to provision volume with StorageClass \"{sort.Metadata.Name}\": {failure}");
                claimLoop.EnqueueAfter(ObjectKey.Of(claim), TimeSpan.FromSeconds(15));
                return;
            }

            api.Create(DiskVolume.Of(claim, sort, disk, provider.Driver));
            events.Normal(claim, "ProvisioningSucceeded", $"Successfully provisioned volume {disk.Name}");
        }
        catch (ApiException refusal) when (refusal.IsAlreadyExists)
        {
            // An earlier run of this process made it.
        }
        catch (ApiException)
        {
            claimLoop.EnqueueAfter(ObjectKey.Of(claim), TimeSpan.FromSeconds(1));
        }
    }

    private void Remove(PersistentVolume volume)
    {
        var name = volume.Metadata.Name!;
        if (underWay.Add(name))
        {
            provider.Delete(name, failure => Finish(name, () => Removed(volume, failure)));
        }
    }

    private void Removed(PersistentVolume volume, string? failure)
    {
        var name = volume.Metadata.Name!;
        try
        {
            if (failure is not null)
            {
                events.Warning(volume, "VolumeFailedDelete", failure);
                volumeLoop.EnqueueAfter(ObjectKey.Of(volume), TimeSpan.FromSeconds(15));
                return;
            }

            if (volume.Metadata.DeletionTimestamp is null)
            {
                api.Delete<PersistentVolume>("", name, new DeleteOptions { Uid = volume.Metadata.Uid });
            }

            if (api.Find<PersistentVolume>("", name) is { } left)
            {
                Finalizing.Set(api, left, VolumeNotes.DiskFinalizer, isKept: false, isGoing: true);
            }
        }
        catch (ApiException refusal) when (refusal.IsNotFound)
        {
            // It is gone, which is all that is wanted.
        }
        catch (ApiException)
        {
            volumeLoop.EnqueueAfter(ObjectKey.Of(volume), TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>The cloud's answer may reach a process that has ended meanwhile: the next one asks again.</summary>
    private void Finish(string name, Action then)
    {
        underWay.Remove(name);
        if (!isStopped)
        {
            then();
        }
    }

    private sealed class Loop(Func<ObjectKey, bool> isDue, Action<ObjectKey> act) : IReconciler
    {
        public ReconcileResult Reconcile(ObjectKey key)
        {
            if (isDue(key))
            {
                act(key);
            }

            return ReconcileResult.Done;
        }
    }
}
