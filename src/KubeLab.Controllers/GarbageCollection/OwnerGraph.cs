using KubeLab.Api;
using KubeLab.Api.Meta;

namespace KubeLab.Controllers.GarbageCollection;

/// <summary>Who depends on whom: for each owner's uid the objects that name it. Objects without owners take no room here.</summary>
public sealed class OwnerGraph
{
    private static readonly HashSet<Dependent> None = [];
    private readonly Dictionary<string, HashSet<Dependent>> dependents = new(StringComparer.Ordinal);

    /// <summary>How many owners are named.</summary>
    public int Owners => dependents.Count;

    /// <summary>The objects that name the owner of <paramref name="uid"/>, sorted by kind and key.</summary>
    public IReadOnlyList<Dependent> Of(string? uid)
    {
        var found = uid is null ? None : dependents.GetValueOrDefault(uid, None);
        return found.Count == 0 ? [] : [.. found.OrderBy(d => d.Kind).ThenBy(d => d.Key)];
    }

    /// <summary>Whether any object names the owner of <paramref name="uid"/>.</summary>
    public bool HasAny(string? uid) => uid is not null && dependents.ContainsKey(uid);

    /// <summary>
    /// Notes that <paramref name="dependent"/> named the owners <paramref name="old"/> and now names <paramref name="owners"/>.
    /// </summary>
    public void Change(Dependent dependent, ValueList<OwnerReference> old, ValueList<OwnerReference> owners)
    {
        if (old == owners)
        {
            return;
        }

        foreach (var owner in old)
        {
            if (!owners.Exists(o => o.Uid == owner.Uid) && dependents.TryGetValue(owner.Uid, out var named))
            {
                named.Remove(dependent);
                if (named.Count == 0)
                {
                    dependents.Remove(owner.Uid);
                }
            }
        }

        foreach (var owner in owners)
        {
            if (!dependents.TryGetValue(owner.Uid, out var named))
            {
                dependents.Add(owner.Uid, named = []);
            }

            named.Add(dependent);
        }
    }
}
