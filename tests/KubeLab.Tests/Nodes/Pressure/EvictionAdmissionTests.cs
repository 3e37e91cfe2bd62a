using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Nodes.Pressure;

namespace KubeLab.Tests.Nodes.Pressure;

public sealed class EvictionAdmissionTests
{
    [Theory]
    [InlineData("", "best-effort", null)]
    [InlineData("MemoryPressure", "best-effort", "The node had condition: [MemoryPressure]. ")]
    [InlineData("MemoryPressure", "burstable", null)]
    [InlineData("MemoryPressure", "tolerating", null)]
    [InlineData("MemoryPressure", "tolerating-disk", "The node had condition: [MemoryPressure]. ")]
    [InlineData("MemoryPressure", "critical", null)]
    [InlineData("DiskPressure", "burstable", "The node had condition: [DiskPressure]. ")]
    [InlineData("DiskPressure", "tolerating", "The node had condition: [DiskPressure]. ")]
    [InlineData("DiskPressure", "critical", null)]
    [InlineData("DiskPressure", "static", null)]
    [InlineData("MemoryPressure DiskPressure", "burstable", "The node had condition: [MemoryPressure DiskPressure]. ")]
    public void Pressure_turns_pods_away(string conditions, string kind, string? expected)
    {
        var refusal = EvictionAdmission.Judge(PodOf(kind), conditions.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(expected, refusal?.Message);
        Assert.True(refusal is null or { Reason: "Evicted" });
    }

    private static Pod PodOf(string kind)
    {
        var pod = new Pod { Spec = new() { Containers = [new Container { Name = "c" }] } };
        return kind switch
        {
            "burstable" => pod with { Spec = pod.Spec with { Containers = [new Container { Name = "c", Resources = new() { Requests = ResourceList.Of(("cpu", Quantity.Parse("1m"))) } }] } },
            "tolerating" => pod with { Spec = pod.Spec with { Tolerations = [new Toleration { Key = "node.kubernetes.io/memory-pressure", Operator = "Exists", Effect = "NoSchedule" }] } },
            "tolerating-disk" => pod with { Spec = pod.Spec with { Tolerations = [new Toleration { Key = "node.kubernetes.io/disk-pressure", Operator = "Exists" }] } },
            "critical" => pod with { Spec = pod.Spec with { Priority = 2_000_000_000 } },
            "static" => pod with { Metadata = new() { Annotations = StringMap.From(new Dictionary<string, string> { ["kubernetes.io/config.source"] = "file" }) } },
            _ => pod,
        };
    }
}
