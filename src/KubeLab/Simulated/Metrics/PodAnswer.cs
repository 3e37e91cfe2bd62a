using KubeLab.Api.Verbs;

namespace KubeLab.Simulated.Metrics;

/// <summary>What a kubelet told of one pod's containers; it is reckoned when somebody reads it.</summary>
internal sealed class PodAnswer(ContainerAnswer[] containers)
{
    private PodMeasure? measure;
    private bool isReckoned;

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
    public CounterPoint? Find(string container)
    {
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
