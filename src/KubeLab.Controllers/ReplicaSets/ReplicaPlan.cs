using KubeLab.Api.Core;

namespace KubeLab.Controllers.ReplicaSets;

/// <summary>What is missing and what is too much.</summary>
/// <param name="Create">How many pods to make.</param>
/// <param name="Delete">How many pods to remove.</param>
public readonly record struct ReplicaPlan(int Create, int Delete)
{
    /// <summary>At most how many pods one round makes or removes, as upstream.</summary>
    public const int Burst = 500;

    /// <summary>Compares the wish with the world.</summary>
    public static ReplicaPlan For(int desired, int active) =>
        new(Math.Clamp(desired - active, 0, Burst), Math.Clamp(active - desired, 0, Burst));

    /// <summary>The <paramref name="count"/> of <paramref name="owned"/> that are missed least; <paramref name="related"/> are the active pods of the same deployment, which crowd nodes.</summary>
    public static IReadOnlyList<Pod> Choose(IReadOnlyList<Pod> owned, IEnumerable<Pod> related, int count, DateTimeOffset now)
    {
        if (count >= owned.Count)
        {
            return owned;
        }

        var crowds = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var pod in related)
        {
            var node = pod.Spec.NodeName ?? "";
            crowds[node] = crowds.GetValueOrDefault(node) + 1;
        }

        var ranked = new (DeletionRank Rank, Pod Pod)[owned.Count];
        for (var i = 0; i < ranked.Length; i++)
        {
            ranked[i] = (new DeletionRank(owned[i], crowds.GetValueOrDefault(owned[i].Spec.NodeName ?? ""), now), owned[i]);
        }

        Array.Sort(ranked, static (a, b) => a.Rank.CompareTo(b.Rank));
        return [.. ranked.Take(count).Select(r => r.Pod)];
    }
}
