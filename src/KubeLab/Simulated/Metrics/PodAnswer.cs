using KubeLab.Api.Verbs;

namespace KubeLab.Simulated.Metrics;

/// <summary>What a kubelet told of one pod's containers; it is reckoned when somebody reads it.</summary>
/// <param name="containers">Its containers, in the order in which they were told.</param>
/// <param name="round">In which round that was.</param>
internal sealed class PodAnswer(ContainerAnswer[] containers, long round)
{
    private PodMeasure? measure;
    private bool isReckoned;

    /// <summary>Its containers; whoever writes into it says so with <see cref="TakenAgain"/>.</summary>
    public ContainerAnswer[] Containers => containers;

    /// <summary>In which round it was told.</summary>
    public long Round { get; private set; } = round;

    /// <summary>Whether <paramref name="told"/> from <paramref name="first"/> to before <paramref name="end"/> names the same containers in the same order.</summary>
    public bool Names(IReadOnlyList<ContainerUsage> told, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (end - first != containers.Length || told[i].Container != containers[i - first].Name)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The containers have been written anew.</summary>
    public void TakenAgain(long round) => (Round, measure, isReckoned) = (round, null, false);

    /// <summary>What the pod used; null unless all of its containers are known.</summary>
    public PodMeasure? Measure
    {
        get
        {
            if (!isReckoned)
            {
                (measure, isReckoned) = (Reckon(), true);
            }

            return measure;
        }
    }

    /// <summary>The counter of a container; null when it was not there.</summary>
    /// <param name="container">Its name.</param>
    /// <param name="likely">Where it probably stands.</param>
    public CounterPoint? Find(string container, int likely)
    {
        if (likely < containers.Length && containers[likely].Name == container)
        {
            return containers[likely].Point;
        }

        foreach (var answer in containers)
        {
            if (answer.Name == container)
            {
                return answer.Point;
            }
        }

        return null;
    }

    private PodMeasure? Reckon()
    {
        var measures = new ContainerMeasure[containers.Length];
        for (var i = 0; i < containers.Length; i++)
        {
            if (containers[i] is not { Before: { } before } answer || answer.Point.NanocoresSince(before) is not { } cpu)
            {
                return null;
            }

            measures[i] = new ContainerMeasure(answer.Name, cpu, answer.Point.MemoryBytes);
        }

        var first = containers[0];
        return new PodMeasure(first.Point.At, first.Point.At - first.Before!.Value.At, measures);
    }
}

/// <summary>The counter of a container, and the point to compare it with.</summary>
/// <param name="Name">The container.</param>
/// <param name="Point">The counter.</param>
/// <param name="Before">What it is compared with; null when that is not known yet.</param>
internal readonly record struct ContainerAnswer(string Name, CounterPoint Point, CounterPoint? Before);
