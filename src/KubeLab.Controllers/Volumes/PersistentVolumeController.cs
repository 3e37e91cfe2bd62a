using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Storage;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Volumes;

/// <summary>Says when claims and volumes have to be looked at.</summary>
internal sealed class PersistentVolumeController : IManagedController
{
    private readonly Controller claimLoop;
    private readonly Controller volumeLoop;
    private readonly Informer<PersistentVolume> volumes;

    public PersistentVolumeController(
        IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, ClaimUsers users)
    {
        var writer = new VolumeWriter(api, clock);
        claimLoop = new Controller(Name, clock, new ClaimReconciler(api, events, informers, writer, users));
        volumeLoop = new Controller(Name, clock, new VolumeReconciler(api, events, informers, writer, key => claimLoop.Enqueue(key)));
        volumes = informers.For<PersistentVolume>();
        var claims = informers.For<PersistentVolumeClaim>();
        informers.For<StorageClass>();
        claims.Added += claim => claimLoop.Enqueue(ObjectKey.Of(claim));
        claims.Updated += (_, claim) => claimLoop.Enqueue(ObjectKey.Of(claim));
        claims.Deleted += OnClaimGone;
        volumes.Added += OnVolume;
        volumes.Updated += (_, volume) => OnVolume(volume);
        volumes.Deleted += OnVolumeGone;
    }

    public string Name => "persistentvolume-binder-controller";

    public void Start()
    {
        claimLoop.Start();
        volumeLoop.Start();
    }

    public void Stop()
    {
        claimLoop.Stop();
        volumeLoop.Stop();
    }

    private void OnVolume(PersistentVolume volume) => volumeLoop.Enqueue(ObjectKey.Of(volume));

    private void OnClaimGone(PersistentVolumeClaim claim)
    {
        if (claim.Spec.VolumeName is { Length: > 0 } name)
        {
            volumeLoop.Enqueue(new ObjectKey("", name));
        }
    }

    private void OnVolumeGone(PersistentVolume volume)
    {
        if (volume.Spec.ClaimRef is { } reference)
        {
            claimLoop.Enqueue(new ObjectKey(reference.Namespace ?? "", reference.Name ?? ""));
        }
    }
}
