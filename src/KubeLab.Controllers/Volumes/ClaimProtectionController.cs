using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Volumes;

/// <summary>Keeps a claim that is deleted until no pod uses it any more.</summary>
/// <remarks>Upstream: pkg/controller/volume/pvcprotection.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#storage-object-in-use-protection">Storage object in use protection</seealso>
internal sealed class ClaimProtectionController : IManagedController, IReconciler
{
    private readonly IKubernetesApi api;
    private readonly Informer<PersistentVolumeClaim> claims;
    private readonly ClaimUsers users;
    private readonly Controller controller;

    public ClaimProtectionController(IKubernetesApi api, VirtualClock clock, InformerFactory informers, ClaimUsers users)
    {
        this.api = api;
        this.users = users;
        controller = new Controller(Name, clock, this);
        claims = informers.For<PersistentVolumeClaim>();
        claims.Added += OnClaim;
        claims.Updated += (_, claim) => OnClaim(claim);
        informers.For<Pod>().Deleted += OnPodGone;
    }

    public string Name => "persistentvolumeclaim-protection-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (claims[key] is { } claim)
        {
            var isGoing = claim.Metadata.DeletionTimestamp is not null;
            var isKept = !isGoing || users[key].Any(p => !string.IsNullOrEmpty(p.Spec.NodeName));
            Finalizing.Set(api, claim, VolumeNotes.ClaimFinalizer, isKept, isGoing);
        }

        return ReconcileResult.Done;
    }

    private void OnClaim(PersistentVolumeClaim claim)
    {
        if ((claim.Metadata.DeletionTimestamp is not null) == claim.Metadata.Finalizers.Exists(f => f == VolumeNotes.ClaimFinalizer))
        {
            controller.Enqueue(ObjectKey.Of(claim));
        }
    }

    private void OnPodGone(Pod pod)
    {
        foreach (var claim in ClaimUsers.ClaimsOf(pod))
        {
            controller.Enqueue(claim);
        }
    }
}
