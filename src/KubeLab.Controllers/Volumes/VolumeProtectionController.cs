using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Volumes;

/// <summary>Keeps a volume that is deleted while it is bound.</summary>
/// <remarks>Upstream: pkg/controller/volume/pvprotection.</remarks>
internal sealed class VolumeProtectionController : IManagedController, IReconciler
{
    private readonly IKubernetesApi api;
    private readonly Informer<PersistentVolume> volumes;
    private readonly Controller controller;

    public VolumeProtectionController(IKubernetesApi api, VirtualClock clock, InformerFactory informers)
    {
        this.api = api;
        controller = new Controller(Name, clock, this);
        volumes = informers.For<PersistentVolume>();
        volumes.Added += OnVolume;
        volumes.Updated += (_, volume) => OnVolume(volume);
    }

    public string Name => "persistentvolume-protection-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (volumes[key] is { } volume)
        {
            var isGoing = volume.Metadata.DeletionTimestamp is not null;
            Finalizing.Set(api, volume, VolumeNotes.VolumeFinalizer, !isGoing || volume.Status.Phase == "Bound", isGoing);
        }

        return ReconcileResult.Done;
    }

    private void OnVolume(PersistentVolume volume)
    {
        if ((volume.Metadata.DeletionTimestamp is not null) == volume.Metadata.Finalizers.Exists(f => f == VolumeNotes.VolumeFinalizer))
        {
            controller.Enqueue(ObjectKey.Of(volume));
        }
    }
}
