using KubeLab.Api.Meta;

namespace KubeLab.Autoscaling.Nodes.ScaleDown;

/// <summary>Whether the owners that pods name exist.</summary>
public interface IControllerLookup
{
    /// <summary>Whether an owner in <paramref name="ns"/> exists, and how many copies it wants; null for how many where it does not say.</summary>
    /// <param name="ns">The pod's namespace.</param>
    /// <param name="owner">A replication controller, replica set, stateful set, job or daemon set.</param>
    (bool Exists, int? Replicas) Find(string ns, OwnerReference owner);
}
