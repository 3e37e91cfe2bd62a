using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Recording;

namespace KubeLab.Controllers.StatefulSets;

/// <summary>Makes, mends and deletes the pods and claims of a stateful set, and tells of it.</summary>
/// <remarks>Upstream: pkg/controller/statefulset/stateful_pod_control.go.</remarks>
internal sealed class StatefulPodWriter(IKubernetesApi api, EventRecorder events, Informer<PersistentVolumeClaim> claims)
{
    /// <summary>Does one step.</summary>
    /// <exception cref="ApiException">The server refused, or a claim that the pod needs is going.</exception>
    public void Do(StatefulSet set, Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Create:
                Create(set, step.Pod);
                break;
            case StepKind.MakeClaims:
                MakeClaims(set, step.Pod);
                Retain(set, step.Pod);
                break;
            case StepKind.Repair:
                Repair(set, step.Pod);
                break;
            case StepKind.Retain:
                Retain(set, step.Pod);
                break;
            default:
                Delete(set, step.Pod);
                break;
        }
    }

    private void Create(StatefulSet set, Pod pod)
    {
        try
        {
            MakeClaims(set, pod);
            api.Create(pod);
            Retain(set, pod);
        }
        catch (ApiException refusal)
        {
            if (!refusal.IsAlreadyExists)
            {
                Tell(set, "create", pod, refusal);
            }

            throw;
        }

        Tell(set, "create", pod, null);
    }

    /// <summary>The pod's name alone could mean a later pod that this cache has not seen, so its identity is demanded.</summary>
    private void Delete(StatefulSet set, Pod pod)
    {
        try
        {
            api.Delete<Pod>(pod.Metadata.Namespace!, pod.Metadata.Name!, new DeleteOptions { Uid = pod.Metadata.Uid });
        }
        catch (ApiException refusal)
        {
            Tell(set, "delete", pod, refusal);
            throw;
        }

        Tell(set, "delete", pod, null);
    }

    private void Repair(StatefulSet set, Pod pod)
    {
        var mended = pod;
        if (!Identity.Matches(set, pod))
        {
            mended = Identity.Labelled(mended);
        }

        try
        {
            if (!Storage.Matches(set, mended))
            {
                mended = Storage.Mounted(set, mended);
                MakeClaims(set, mended);
            }

            Retain(set, mended);
            if (ReferenceEquals(mended, pod))
            {
                return;
            }

            api.Update(mended);
        }
        catch (ApiException refusal)
        {
            Tell(set, "update", pod, refusal);
            throw;
        }

        Tell(set, "update", pod, null);
    }

    private void MakeClaims(StatefulSet set, Pod pod)
    {
        ApiException? failure = null;
        foreach (var claim in Storage.ClaimsOf(set, pod))
        {
            try
            {
                MakeClaim(set, pod, claim);
            }
            catch (ApiException refusal)
            {
                failure ??= refusal;
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    private void MakeClaim(StatefulSet set, Pod pod, PersistentVolumeClaim claim)
    {
        if (api.Find<PersistentVolumeClaim>(claim.Metadata.Namespace!, claim.Metadata.Name!) is { } present)
        {
            if (present.Metadata.DeletionTimestamp is not null)
            {
                throw ApiErrors.BadRequest($"pvc {claim.Metadata.Name} is being deleted");
            }

            return;
        }

        try
        {
            api.Create(claim);
        }
        catch (ApiException refusal)
        {
            events.Warning(
                set,
                "FailedCreate",
                $"create Claim {claim.Metadata.Name} for Pod {pod.Metadata.Name} in StatefulSet {set.Metadata.Name} failed error: {refusal.Message}");
            throw ApiErrors.BadRequest($"failed to create PVC {claim.Metadata.Name}: {refusal.Message}");
        }

        events.Normal(
            set, "SuccessfulCreate", $"create Claim {claim.Metadata.Name} Pod {pod.Metadata.Name} in StatefulSet {set.Metadata.Name} success");
    }

    private void Retain(StatefulSet set, Pod pod)
    {
        foreach (var wanted in Storage.ClaimsOf(set, pod))
        {
            var claim = claims[ObjectKey.Of(wanted)] ?? api.Find<PersistentVolumeClaim>(wanted.Metadata.Namespace!, wanted.Metadata.Name!);
            if (claim is null)
            {
                continue;
            }

            if (Retention.HasForeignController(set, pod, claim))
            {
                events.Warning(
                    set,
                    "ConflictingController",
                    $"PersistentVolumeClaim {claim.Metadata.Name} has a conflicting OwnerReference that acts as a managing controller, "
                    + "the retention policy is ignored for this claim");
            }

            if (!Retention.IsRight(set, pod, claim))
            {
                api.Update(Retention.Righted(set, pod, claim));
            }
        }
    }

    private void Tell(StatefulSet set, string verb, Pod pod, ApiException? refusal)
    {
        var what = $"{verb} Pod {pod.Metadata.Name} in StatefulSet {set.Metadata.Name}";
        var reason = char.ToUpperInvariant(verb[0]) + verb[1..];
        if (refusal is null)
        {
            events.Normal(set, $"Successful{reason}", $"{what} successful");
        }
        else
        {
            events.Warning(set, $"Failed{reason}", $"{what} failed error: {refusal.Message}");
        }
    }
}
