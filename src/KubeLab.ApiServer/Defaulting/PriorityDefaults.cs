using KubeLab.Api.Scheduling;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what priority classes leave out: they may push others away.</summary>
internal static class PriorityDefaults
{
    public static PriorityClass Fill(PriorityClass obj) => obj.PreemptionPolicy is null ? obj with { PreemptionPolicy = "PreemptLowerPriority" } : obj;
}
