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

    /// <summary>
    /// The <paramref name="count"/> of <paramref name="owned"/> that are missed least; <paramref name="related"/> are the active pods
    /// of the same deployment, which crowd nodes.
    /// </summary>
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

        return First(owned, crowds, count, now);
    }

    /// <summary>Keeps the best so far in a heap whose root is the worst of them: most pods are compared with that one only.</summary>
    private static Pod[] First(IReadOnlyList<Pod> owned, Dictionary<string, int> crowds, int count, DateTimeOffset now)
    {
        var chosen = new PriorityQueue<Pod, DeletionRank>(count + 1, Comparer<DeletionRank>.Create(static (a, b) => b.CompareTo(a)));
        foreach (var pod in owned)
        {
            var rank = new DeletionRank(pod, crowds.GetValueOrDefault(pod.Spec.NodeName ?? ""), now);
            if (chosen.Count < count)
            {
                chosen.Enqueue(pod, rank);
            }
            else
            {
                chosen.EnqueueDequeue(pod, rank);
            }
        }

        var sorted = new Pod[chosen.Count];
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            sorted[i] = chosen.Dequeue();
        }

        return sorted;
    }
}
