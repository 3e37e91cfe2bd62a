using System.Globalization;
using KubeLab.Api.Core;
using KubeLab.Simulation;

namespace KubeLab.Lessons;

/// <summary>What the machines cost for somebody who knows the load beforehand and rents exactly as many as the horizontal autoscaler's formula asks for, exactly as long.</summary>
internal static class SaleOptimum
{
    private const double Target = 0.6;
    private const int MachinesMin = 2;

    /// <summary>The cost in the currency of the bill; null where the shop or its machines are missing.</summary>
    public static double? Of(Cluster cluster, TimeSeries offered, DateTimeOffset from, DateTimeOffset to)
    {
        var shop = cluster.Deployment("shop").Object?.Spec.Template.Spec.Containers[0];
        var machine = cluster.Recorder.Scaling.Nodes.LastOrDefault(n => n.Machine?.Pool.Name == "workers")?.Machine;
        var node = cluster.Nodes().FirstOrDefault(n => machine is not null && n.Metadata.Labels["node.kubernetes.io/instance-type"] == machine.Type.Name);
        if (shop?.Resources.Requests["cpu"] is not { } request || machine is null || node?.Status.Allocatable["cpu"] is not { } allocatable)
        {
            return null;
        }

        var perHour = machine.Pool.Price.PerHour.Amount + ((machine.Pool.DiskPrice?.PerHour.Amount ?? 0) * machine.Pool.Options.DiskGib);
        return (double)perHour * MachineHours(offered, from, to, CpuMillisecondsOf(shop), request.MilliValue, allocatable.MilliValue);
    }

    /// <summary>How many hours of machines a load needs.</summary>
    /// <param name="offered">Requests per second.</param>
    /// <param name="from">From here on.</param>
    /// <param name="to">Up to here.</param>
    /// <param name="cpuMilliseconds">What a request costs, in milliseconds of one core.</param>
    /// <param name="request">What a copy requests, in thousandths of a core.</param>
    /// <param name="allocatable">What a machine has for pods, in thousandths of a core.</param>
    internal static double MachineHours(TimeSeries offered, DateTimeOffset from, DateTimeOffset to, double cpuMilliseconds, long request, long allocatable)
    {
        var hours = 0.0;
        var samples = new History(offered, from, to).Samples;
        for (var i = 0; i < samples.Count; i++)
        {
            var copies = Math.Ceiling(samples[i].Value * cpuMilliseconds / (Target * request));
            var machines = Math.Max(MachinesMin, Math.Ceiling(copies / Math.Max(1, allocatable / request)));
            hours += machines * ((i + 1 < samples.Count ? samples[i + 1].At : to) - samples[i].At).TotalHours;
        }

        return hours;
    }

    private static double CpuMillisecondsOf(Container shop) =>
        shop.Env.Find(e => e.Name == "CPU_MS_PER_REQUEST")?.Value is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) ? ms : 10;
}
