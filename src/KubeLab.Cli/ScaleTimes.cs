using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeLab.Cli;

/// <summary>What one part of <c>lab bench scale</c> took.</summary>
/// <param name="Real">Real time.</param>
/// <param name="Cpu">Processor time of the whole process, all threads together; what others do on the machine does not show in it.</param>
/// <param name="Simulated">The cluster's time.</param>
/// <param name="Events">Events of the clock.</param>
internal sealed record ScaleTimes(TimeSpan Real, TimeSpan Cpu, TimeSpan Simulated, long Events)
{
    private double MicrosecondsPerEvent => Cpu.TotalMicroseconds / Events;

    public JsonObject ToJson(int pods) => new()
    {
        ["realSeconds"] = Math.Round(Real.TotalSeconds, 3),
        ["cpuSeconds"] = Math.Round(Cpu.TotalSeconds, 3),
        ["simulatedSeconds"] = Simulated.TotalSeconds,
        ["podsPerSecond"] = Math.Round(pods / Real.TotalSeconds, 1),
        ["events"] = Events,
        ["cpuMicrosecondsPerEvent"] = Math.Round(MicrosecondsPerEvent, 2),
    };

    public string ToString(int pods) => string.Create(CultureInfo.InvariantCulture, $"""
          real time       {Real.TotalSeconds:F2} s ({pods / Real.TotalSeconds:N0} pods/s), {Cpu.TotalSeconds:F2} s of processor time
          simulated time  {Simulated.TotalSeconds:F0} s ({Simulated / Real:F1} times real time)
          events          {Events:N0}, {MicrosecondsPerEvent:F1} µs of processor time each
        """);
}
