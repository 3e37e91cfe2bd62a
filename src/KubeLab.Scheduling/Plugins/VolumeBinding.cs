using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Storage;
using KubeLab.Api.Verbs;
using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Plugins.Volumes;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Keeps pods where their volumes can be reached, and gives claims that waited for a node their volume before the pod is bound.</summary>
/// <remarks>
/// A claim is met by a volume that exists, or by the provisioner: then the claim's annotation names the node, and the pod waits until the volume is there.
/// Upstream: scheduler/framework/plugins/volumebinding.
/// </remarks>
/// <param name="context">Claims, volumes and classes, and the API to write to.</param>
/// <param name="timeout">How long the binding of volumes may take; 10 minutes when null.</param>
/// <seealso href="https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode">Volume binding mode</seealso>
public sealed class VolumeBinding(PluginContext context, TimeSpan? timeout = null) : IPreFilterPlugin, IFilterPlugin, IReservePlugin, IPreBindPlugin
{
    private static readonly Verdict UnboundImmediate = Verdict.Unresolvable("pod has unbound immediate PersistentVolumeClaims");
    private const string OutOfReach = "node(s) didn't match PersistentVolume's node affinity";
    private const string NoVolume = "node(s) didn't find available persistent volumes to bind";
    private const string VolumeGone = "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";

    private readonly TimeSpan timeout = timeout ?? TimeSpan.FromMinutes(10);
    private readonly Dictionary<string, ObjectKey> assumed = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "VolumeBinding";

    /// <inheritdoc/>
    public ClusterChange HelpedBy =>
        ClusterChange.ClaimChanged | ClusterChange.VolumeChanged | ClusterChange.StorageClassChanged | ClusterChange.NodeAdded | ClusterChange.NodeLabels | ClusterChange.CsiNodeChanged;

    /// <inheritdoc/>
    public bool IsNodeLocal => false;

    /// <inheritdoc/>
    public bool MayHelp(Pod waiting, in ClusterEvent change) => (change.New ?? change.Old) switch
    {
        PersistentVolumeClaim claim => claim.Metadata.Namespace == waiting.Metadata.Namespace && PodClaims.Of(waiting.Spec).Of(waiting).Contains(claim.Metadata.Name),
        StorageClass now => change.Old is not StorageClass old || now.AllowedTopologies != old.AllowedTopologies,
        _ => true,
    };

    /// <inheritdoc/>
    public PreFilterResult PreFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        if (pod.Demand.Claims.IsEmpty)
        {
            return Verdict.Skip;
        }

        List<PersistentVolumeClaim> bound = [], waiting = [];
        var immediate = false;
        foreach (var name in pod.Demand.Claims.Of(pod.Pod))
        {
            var claim = context.Objects.Find<PersistentVolumeClaim>(pod.Key.Namespace, name);
            if (Problem(pod, name, claim) is { } problem)
            {
                return Verdict.Unresolvable(problem);
            }

            if (VolumeReading.IsBound(claim!))
            {
                bound.Add(claim!);
            }
            else if (string.IsNullOrEmpty(claim!.Spec.VolumeName) && VolumeReading.IsDelayed(claim, context.Objects))
            {
                waiting.Add(claim);
            }
            else
            {
                immediate = true;
            }
        }

        if (immediate)
        {
            return UnboundImmediate;
        }

        waiting.Sort((a, b) => VolumeReading.SizeOf(a).CompareTo(VolumeReading.SizeOf(b)));
        state.Set(new VolumeState(bound, waiting));
        return Verdict.Success;
    }

    /// <inheritdoc/>
    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (state.Find<VolumeState>() is not { } claims)
        {
            return Verdict.Success;
        }

        var reasons = new List<string>(2);
        if (Decide(claims, node.Node!) is null)
        {
            reasons.Add(NoVolume);
        }

        foreach (var claim in claims.Bound)
        {
            var reason = context.Objects.Find<PersistentVolume>("", claim.Spec.VolumeName!) is not { } volume ? VolumeGone
                : VolumeReading.IsReachable(volume, node.Node!) ? null : OutOfReach;
            if (reason is not null)
            {
                reasons.Add(reason);
                break;
            }
        }

        return reasons.Count == 0 ? Verdict.Success : Verdict.Unresolvable([.. reasons]);
    }

    /// <inheritdoc/>
    public Verdict Reserve(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (state.Find<VolumeState>() is not { Waiting.Count: > 0 } claims)
        {
            return Verdict.Success;
        }

        claims.Chosen = Decide(claims, node.Node!);
        if (claims.Chosen is null)
        {
            return Verdict.Unresolvable(NoVolume);
        }

        foreach (var (claim, volume) in claims.Chosen.Found)
        {
            assumed[volume.Metadata.Name!] = ObjectKey.Of(claim);
        }

        return Verdict.Success;
    }

    /// <inheritdoc/>
    public void Unreserve(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var (_, volume) in state.Find<VolumeState>()?.Chosen?.Found ?? [])
        {
            assumed.Remove(volume.Metadata.Name!);
        }
    }

    /// <inheritdoc/>
    public Verdict PreBind(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (state.Find<VolumeState>() is not { Chosen: { } decision } claims)
        {
            return Verdict.Success;
        }

        if (!claims.IsWritten)
        {
            Write(decision, node.Name);
            claims.IsWritten = true;
            claims.Since = context.Clock.Now;
        }

        foreach (var claim in decision.Found.Select(f => f.Claim).Concat(decision.Made))
        {
            var now = context.Api.Find<PersistentVolumeClaim>(claim.Metadata.Namespace!, claim.Metadata.Name!);
            if (now is null || now.Metadata.Uid != claim.Metadata.Uid)
            {
                return Verdict.Unschedulable($"persistentvolumeclaim \"{claim.Metadata.Name}\" not found");
            }

            if (VolumeReading.IsBound(now))
            {
                continue;
            }

            if (decision.Made.Contains(claim) && now.Metadata.Annotations[VolumeReading.SelectedNode] != node.Name)
            {
                // The provisioner gave up and took the annotation away: another node may do better.
                return Verdict.Unschedulable($"provisioning failed for PVC \"{claim.Metadata.Name}\"");
            }

            return context.Clock.Now - claims.Since < timeout ? Verdict.Wait : Verdict.Unschedulable("binding volumes: context deadline exceeded");
        }

        Unreserve(state, pod, node);
        return Verdict.Success;
    }

    private static string? Problem(PodInfo pod, string name, PersistentVolumeClaim? claim) => claim switch
    {
        null when pod.Demand.Claims.Names.Contains(name) => $"persistentvolumeclaim \"{name}\" not found",
        null => $"waiting for ephemeral volume controller to create the persistentvolumeclaim \"{name}\"",
        { Status.Phase: "Lost" } => $"persistentvolumeclaim \"{name}\" bound to non-existent persistentvolume \"{claim.Spec.VolumeName}\"",
        { Metadata.DeletionTimestamp: not null } => $"persistentvolumeclaim \"{name}\" is being deleted",
        _ => null,
    };

    /// <summary>A volume for every waiting claim on this node, or null when one stays without.</summary>
    private VolumeDecision? Decide(VolumeState claims, Node node)
    {
        var decision = new VolumeDecision([], []);
        foreach (var claim in claims.Waiting)
        {
            if (claim.Metadata.Annotations.TryGetValue(VolumeReading.SelectedNode, out var selected))
            {
                // A provisioner is at work for this node already.
                if (selected != node.Metadata.Name)
                {
                    return null;
                }

                decision.Made.Add(claim);
                continue;
            }

            var volume = VolumeReading.FindVolume(
                claim,
                context.Objects.All<PersistentVolume>(),
                node,
                v => decision.Found.Exists(f => f.Volume.Metadata.Name == v.Metadata.Name)
                    || (assumed.TryGetValue(v.Metadata.Name!, out var owner) && owner != ObjectKey.Of(claim)));
            if (volume is not null)
            {
                decision.Found.Add((claim, volume));
            }
            else if (VolumeReading.CanProvision(VolumeReading.ClassOf(claim, context.Objects), node))
            {
                decision.Made.Add(claim);
            }
            else
            {
                return null;
            }
        }

        return decision;
    }

    private void Write(VolumeDecision decision, string node)
    {
        foreach (var (claim, volume) in decision.Found)
        {
            if (volume.Spec.ClaimRef is { Uid.Length: > 0 })
            {
                continue;
            }

            context.Api.Update(volume with
            {
                Metadata = volume.Metadata with { Annotations = volume.Metadata.Annotations.With(VolumeReading.BoundByController, "yes") },
                Spec = volume.Spec with
                {
                    ClaimRef = new ObjectReference
                    {
                        Kind = "PersistentVolumeClaim",
                        ApiVersion = "v1",
                        Namespace = claim.Metadata.Namespace,
                        Name = claim.Metadata.Name,
                        Uid = claim.Metadata.Uid,
                        ResourceVersion = claim.Metadata.ResourceVersion,
                    },
                },
            });
        }

        foreach (var claim in decision.Made)
        {
            if (claim.Metadata.Annotations[VolumeReading.SelectedNode] != node)
            {
                context.Api.Update(claim with { Metadata = claim.Metadata with { Annotations = claim.Metadata.Annotations.With(VolumeReading.SelectedNode, node) } });
            }
        }
    }
}
