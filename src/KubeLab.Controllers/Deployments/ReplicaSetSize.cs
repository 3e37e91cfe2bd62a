using KubeLab.Api;
using KubeLab.Api.Apps;

namespace KubeLab.Controllers.Deployments;

/// <summary>What rollouts look at in a replica set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Replicas">How many pods it shall have.</param>
/// <param name="Available">How many of its pods are available.</param>
/// <param name="MaxReplicas">Wish plus surge of the deployment when it was last sized, from its annotation; null when that is
/// missing.</param>
public readonly record struct ReplicaSetSize(string Name, Timestamp Created, int Replicas, int Available, int? MaxReplicas = null)
{
    /// <summary>The size of <paramref name="set"/>.</summary>
    public static ReplicaSetSize Of(ReplicaSet set) => new(
        set.Metadata.Name ?? "",
        set.Metadata.CreationTimestamp ?? default,
        set.Spec.Replicas ?? 1,
        set.Status.AvailableReplicas,
        Revisions.Number(set.Metadata, Revisions.MaxReplicas));

    /// <summary>Older ones first, ties by name.</summary>
    public static int ByAge(ReplicaSetSize left, ReplicaSetSize right)
    {
        var order = left.Created.CompareTo(right.Created);
        return order != 0 ? order : string.CompareOrdinal(left.Name, right.Name);
    }
}

/// <summary>One change of a replica set's size.</summary>
/// <param name="Name">Which replica set.</param>
/// <param name="To">How many pods it shall have.</param>
public readonly record struct Resize(string Name, int To);
