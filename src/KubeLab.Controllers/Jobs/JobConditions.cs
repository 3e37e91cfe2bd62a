using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.Jobs;

/// <summary>The conditions of jobs and how they are written down.</summary>
public static class JobConditions
{
    /// <summary>A condition that begins now.</summary>
    public static Condition New(string type, string status, string reason, string message, DateTimeOffset now) => new()
    {
        Type = type,
        Status = status,
        LastProbeTime = now,
        LastTransitionTime = now,
        Reason = reason,
        Message = message,
    };

    /// <summary>The list with a condition in the place of its type, or at the end; one that is false is not begun with.</summary>
    /// <remarks>Upstream: ensureJobConditionStatus in pkg/controller/job/job_controller.go.</remarks>
    public static ValueList<Condition> Ensure(ValueList<Condition> conditions, Condition wanted)
    {
        var index = conditions.FindIndex(c => c.Type == wanted.Type);
        if (index < 0)
        {
            return wanted.Status == "False" ? conditions : conditions.Add(wanted);
        }

        var current = conditions[index];
        return current.Status == wanted.Status && current.Reason == wanted.Reason && current.Message == wanted.Message
            ? conditions
            : conditions.SetItem(index, wanted);
    }
}
