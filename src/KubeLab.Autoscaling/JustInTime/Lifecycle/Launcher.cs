using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Autoscaling.JustInTime.Offers;
using KubeLab.Autoscaling.JustInTime.Provisioning;
using KubeLab.Scheduling.Framework;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime.Lifecycle;

/// <summary>Rents the machine of a claim: the cheapest offer that the claim leaves, and when there is none of it, the next.</summary>
/// <remarks>Upstream: pkg/controllers/nodeclaim/lifecycle/launch.go and the providers' Create.</remarks>
internal sealed class Launcher(IKubernetesApi api, VirtualClock clock, IInstanceProvider provider, UnavailableOffers unavailable, ClaimWriter writer, KarpenterEvents events)
{
    private const int DiskGibDefault = 100;

    // What was asked for, by the claim's identity: a write that failed does not make it be asked for twice.
    private readonly Dictionary<string, (InstanceOffer Offer, string ProviderId)> asked = new(StringComparer.Ordinal);

    /// <summary>Told when a claim must be looked at again.</summary>
    public Action<string>? Changed { get; set; }

    /// <summary>Told when pods need another plan.</summary>
    public Action? Failed { get; set; }

    /// <summary>Launches, and writes down what; null when nothing is left to try and the claim was given up.</summary>
    public NodeClaim? Launch(NodeClaim claim)
    {
        var uid = claim.Object.Metadata.Uid ?? claim.Name;
        if (!asked.TryGetValue(uid, out var machine))
        {
            if (Choose(claim) is not { } offer)
            {
                GiveUp(claim);
                return null;
            }

            asked[uid] = machine = (offer, Ask(claim, offer, uid));
        }

        var named = writer.WriteMetadata(claim, meta => meta with { Labels = PoolTemplate.Joined(claim.Object.Metadata.Labels, machine.Offer.Labels.Without(KarpenterNames.Hostname)) });
        return writer.Write(named, named.Status with
        {
            ProviderID = machine.ProviderId,
            Capacity = Copy(machine.Offer.Size.Capacity),
            Allocatable = Copy(machine.Offer.Size.Allocatable),
            Conditions = ConditionSet.With(named.Status.Conditions ?? ConditionSet.New(clock.Now), NodeClaim.Launched, "True", NodeClaim.Launched, "", clock.Now),
        });
    }

    /// <summary>The cheapest offer that satisfies a claim and is to be had; Spot goes first where the claim allows it and it costs less.</summary>
    public InstanceOffer? Choose(NodeClaim claim)
    {
        var requests = ResourceVector.From(ResourceList.From(claim.Spec.Resources?.Requests ?? []));
        return provider.Offers
            .Where(o => unavailable.IsAvailable(o) && RequirementMatch.Matches(claim.Requirements, o.Labels) && Amounts.Fits(requests, o.Size.Allocatable))
            .OrderBy(o => o.PricePerHour)
            .ThenBy(o => o.Size.Name, StringComparer.Ordinal)
            .ThenBy(o => o.Zone, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private string Ask(NodeClaim claim, InstanceOffer offer, string uid)
    {
        var labels = PoolTemplate.Joined(claim.Object.Metadata.Labels, offer.Labels);
        var taints = claim.Taints
            .Concat((claim.Spec.StartupTaints ?? []).Select(t => t.ToTaint()))
            .Append(new Taint { Key = KarpenterNames.Unregistered, Effect = "NoExecute" });
        return provider.Launch(new(claim.Name, offer, labels, taints.ToValueList(), DiskOf(claim)), failure => OnFailed(claim.Name, uid, offer, failure));
    }

    private void OnFailed(string name, string uid, InstanceOffer offer, InstanceFailure failure)
    {
        asked.Remove(uid);
        unavailable.Add(offer, failure, provider.Offers);
        try
        {
            if (writer.Read(name) is { IsGoing: false } claim && claim.Object.Metadata.Uid == uid)
            {
                events.Warning(claim.Object, "InsufficientCapacityError", $"NodeClaim {name} event: insufficient capacity, {failure.Message}");
                writer.Set(claim, NodeClaim.Launched, "False", "LaunchFailed", failure.Message);
            }
        }
        catch (ApiException)
        {
            // What could not be written is found out at the next look: the machine is not there.
        }

        Changed?.Invoke(name);
    }

    private void GiveUp(NodeClaim claim)
    {
        events.Warning(claim.Object, "InsufficientCapacityError", $"NodeClaim {claim.Name} event: insufficient capacity, all requested instance types were unavailable during launch");
        writer.Delete(claim.Name);
        Failed?.Invoke();
    }

    private int DiskOf(NodeClaim claim)
    {
        var reference = claim.Spec.NodeClassRef;
        if (reference is null || reference.Kind != KarpenterKinds.NodeClasses.Kind || api.Find(KarpenterKinds.NodeClasses, new ObjectKey("", reference.Name)) is not CustomObject found)
        {
            return DiskGibDefault;
        }

        return found.Overflow?["spec"] is { } spec && spec.TryGetProperty("diskGib", out var gib) && gib.TryGetInt32(out var size) ? size : DiskGibDefault;
    }

    private static Dictionary<string, Quantity> Copy(ResourceList list)
    {
        var copy = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var (name, amount) in list)
        {
            copy[name] = amount;
        }

        return copy;
    }
}
