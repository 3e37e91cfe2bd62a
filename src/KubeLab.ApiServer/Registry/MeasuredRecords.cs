using KubeLab.Api;
using KubeLab.Api.Metrics;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>Writes measures as records. A thousand pods that share a load use the same, one after the other: what is the same is one record.</summary>
internal sealed class MeasuredRecords
{
    private ContainerMeasure lastContainer;
    private ValueList<ContainerMetrics> lastContainers;
    private TimeSpan lastSpan;
    private string lastWindow = "0s";

    /// <summary>The containers of a pod, by their names.</summary>
    public ValueList<ContainerMetrics> Containers(IReadOnlyList<ContainerMeasure> measures)
    {
        if (measures is not [var only])
        {
            return measures.OrderBy(c => c.Name, StringComparer.Ordinal).Select(Of).ToValueList();
        }

        if (lastContainers.IsEmpty || only != lastContainer)
        {
            (lastContainer, lastContainers) = (only, [Of(only)]);
        }

        return lastContainers;
    }

    /// <summary>A window, as Go writes it.</summary>
    public string Window(TimeSpan span)
    {
        if (span != lastSpan)
        {
            (lastSpan, lastWindow) = (span, GoDuration.Of(span));
        }

        return lastWindow;
    }

    /// <summary>CPU and memory.</summary>
    public static ResourceList Usage(long cpuNanocores, long memoryBytes) =>
        ResourceList.Of(("cpu", Quantity.FromScaled(cpuNanocores, -9)), ("memory", Quantity.FromBytes(memoryBytes & ~1023L)));

    private static ContainerMetrics Of(ContainerMeasure measure) => new() { Name = measure.Name, Usage = Usage(measure.CpuNanocores, measure.MemoryBytes) };
}
