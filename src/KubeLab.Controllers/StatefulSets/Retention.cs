using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Controllers.Owning;

namespace KubeLab.Controllers.StatefulSets;

/// <summary>Who owns a claim, and so with whom it goes: the set, a pod that is one too many, or nobody.</summary>
/// <remarks>Upstream: pkg/controller/statefulset/stateful_set_utils.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention">
/// PersistentVolumeClaim retention</seealso>
public static class Retention
{
    /// <summary>Whether <paramref name="claim"/> of <paramref name="pod"/> has the owners that the set's policy asks for.</summary>
    public static bool IsRight(StatefulSet set, Pod pod, PersistentVolumeClaim claim)
    {
        var hasSet = Has(claim, set);
        var hasPod = Has(claim, pod);
        if (HasForeignController(set, pod, claim))
        {
            return !hasSet && !hasPod;
        }

        if (claim.Metadata.OwnerReferences.Exists(o => (o.Uid == set.Metadata.Uid || o.Uid == pod.Metadata.Uid) && o.Controller != true))
        {
            return false;
        }

        var (wantsSet, wantsPod) = Wanted(set, pod);
        return hasSet == wantsSet && hasPod == wantsPod;
    }

    /// <summary>The claim with the owners that the set's policy asks for; one that another controller manages is left to that one.</summary>
    public static PersistentVolumeClaim Righted(StatefulSet set, Pod pod, PersistentVolumeClaim claim)
    {
        var isForeign = HasForeignController(set, pod, claim);
        var owners = claim.Metadata.OwnerReferences.Where(o => !Means(o, set) && !Means(o, pod));
        var (wantsSet, wantsPod) = Wanted(set, pod);
        if (!isForeign && (wantsSet || wantsPod))
        {
            owners = owners.Add(Ownership.ReferenceTo(wantsPod ? pod : set));
        }

        return claim with { Metadata = claim.Metadata with { OwnerReferences = owners } };
    }

    /// <summary>Whether somebody else manages the claim, or one who had the set's or the pod's name before.</summary>
    public static bool HasForeignController(StatefulSet set, Pod pod, PersistentVolumeClaim claim)
    {
        if (Policy(set) is ("Retain", "Retain"))
        {
            return false;
        }

        foreach (var owner in claim.Metadata.OwnerReferences)
        {
            var isForeign = Means(owner, set) ? owner.Uid != set.Metadata.Uid
                : Means(owner, pod) ? owner.Uid != pod.Metadata.Uid
                : owner.Controller == true;
            if (isForeign)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the claim belongs to an earlier pod of the same name, and is going with it: a new pod must wait for that.</summary>
    public static bool IsStale(StatefulSet set, Pod pod, PersistentVolumeClaim claim) =>
        Policy(set).WhenScaled != "Retain"
        && claim.Metadata.OwnerReferences.Exists(o => Means(o, pod) && o.Uid != pod.Metadata.Uid);

    private static (bool Set, bool Pod) Wanted(StatefulSet set, Pod pod)
    {
        var (whenDeleted, whenScaled) = Policy(set);
        var isCondemned = !Identity.IsWanted(set, pod);
        var wantsPod = whenScaled == "Delete" && isCondemned;
        return (whenDeleted == "Delete" && !wantsPod, wantsPod);
    }

    private static (string WhenDeleted, string WhenScaled) Policy(StatefulSet set) =>
        (set.Spec.PersistentVolumeClaimRetentionPolicy?.WhenDeleted ?? "Retain", set.Spec.PersistentVolumeClaimRetentionPolicy?.WhenScaled ?? "Retain");

    private static bool Has(PersistentVolumeClaim claim, IApiObject owner) =>
        owner.Metadata.Uid is { } uid && claim.Metadata.OwnerReferences.Exists(o => o.Uid == uid);

    private static bool Means(OwnerReference reference, IApiObject owner) =>
        reference.Kind == owner.Kind && reference.ApiVersion == owner.ApiVersion && reference.Name == owner.Metadata.Name;
}
