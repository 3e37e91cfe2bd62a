using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Keeps a pod away as long as another one uses a claim of it that only one pod may use (ReadWriteOncePod).</summary>
/// <remarks>Upstream: scheduler/framework/plugins/volumerestrictions.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes">Access modes</seealso>
public sealed class VolumeRestrictions(PluginContext context) : IPreFilterExtensions, IFilterPlugin
{
    private static readonly Verdict InUse = Verdict.Unschedulable("node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode");

    /// <inheritdoc/>
    public string Name => "VolumeRestrictions";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.AssignedPodDeleted | ClusterChange.ClaimChanged | ClusterChange.NodeAdded;

    /// <inheritdoc/>
    public bool IsNodeLocal => false;

    /// <inheritdoc/>
    public bool MayHelp(Pod waiting, in ClusterEvent change)
    {
        var claims = PodClaims.Of(waiting.Spec);
        return (change.New ?? change.Old) switch
        {
            Pod gone => gone.Metadata.Namespace == waiting.Metadata.Namespace && PodClaims.Of(gone.Spec).Of(gone).Intersect(claims.Of(waiting)).Any(),
            PersistentVolumeClaim claim => claim.Metadata.Namespace == waiting.Metadata.Namespace && claims.Of(waiting).Contains(claim.Metadata.Name),
            _ => true,
        };
    }

    /// <inheritdoc/>
    public PreFilterResult PreFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        if (pod.Demand.Claims.IsEmpty)
        {
            return Verdict.Skip;
        }

        var exclusive = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in pod.Demand.Claims.Of(pod.Pod))
        {
            if (context.Objects.Find<PersistentVolumeClaim>(pod.Key.Namespace, name) is not { } claim)
            {
                return Verdict.Unresolvable($"persistentvolumeclaim \"{name}\" not found");
            }

            if (claim.Spec.AccessModes.Exists(m => m == "ReadWriteOncePod"))
            {
                exclusive.Add(name);
            }
        }

        if (exclusive.Count == 0)
        {
            return Verdict.Skip;
        }

        var users = new Users(exclusive, pod.Key.Namespace);
        foreach (var node in nodes)
        {
            foreach (var other in node.Pods)
            {
                users.Count += users.UsesOf(other);
            }
        }

        state.Set(users);
        return Verdict.Success;
    }

    /// <inheritdoc/>
    public void AddPod(CycleState state, PodInfo pod, PodInfo added, NodeInfo node) => Change(state, added, 1);

    /// <inheritdoc/>
    public void RemovePod(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node) => Change(state, removed, -1);

    /// <inheritdoc/>
    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node) => state.Find<Users>() is { Count: > 0 } ? InUse : Verdict.Success;

    private static void Change(CycleState state, PodInfo other, int sign)
    {
        if (state.Find<Users>() is { } users)
        {
            users.Count += sign * users.UsesOf(other);
        }
    }

    private sealed class Users(HashSet<string> exclusive, string ns) : ICycleData
    {
        public int Count { get; set; }

        public int UsesOf(PodInfo other) =>
            other.Demand.Claims.IsEmpty || other.Key.Namespace != ns ? 0 : other.Demand.Claims.Of(other.Pod).Count(exclusive.Contains);

        public object Copy() => new Users(exclusive, ns) { Count = Count };
    }
}
