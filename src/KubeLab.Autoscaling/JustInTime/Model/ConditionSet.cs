using KubeLab.Api;

namespace KubeLab.Autoscaling.JustInTime.Model;

/// <summary>Changes of an object's conditions: one keeps its time for as long as its status stays, and Ready follows from those it depends on.</summary>
/// <remarks>Upstream: operatorpkg/status.</remarks>
internal static class ConditionSet
{
    private static readonly string[] Steps = [NodeClaim.Launched, NodeClaim.Registered, NodeClaim.Initialized];

    /// <summary>The conditions of a claim that nobody has looked at.</summary>
    public static KarpenterCondition[] New(DateTimeOffset now) =>
        [.. Steps.Select(s => new KarpenterCondition(s, "Unknown", "AwaitingReconciliation", "object is awaiting reconciliation", Text(now))), Ready([], now, null)];

    /// <summary>With one set.</summary>
    public static KarpenterCondition[] With(KarpenterCondition[]? conditions, string type, string status, string reason, string message, DateTimeOffset now)
    {
        var old = Array.Find(conditions ?? [], c => c.Type == type);
        var set = new KarpenterCondition(type, status, reason, message, old?.Status == status ? old.LastTransitionTime : Text(now));
        return WithReady([.. (conditions ?? []).Where(c => c.Type != type), set], now);
    }

    /// <summary>Without one.</summary>
    public static KarpenterCondition[] Without(KarpenterCondition[]? conditions, string type) => [.. (conditions ?? []).Where(c => c.Type != type)];

    private static KarpenterCondition[] WithReady(KarpenterCondition[] conditions, DateTimeOffset now)
    {
        var others = conditions.Where(c => c.Type != NodeClaim.Ready).OrderBy(c => c.Type, StringComparer.Ordinal).ToArray();
        return Array.Exists(others, c => Steps.Contains(c.Type)) ? [.. others, Ready(others, now, Array.Find(conditions, c => c.Type == NodeClaim.Ready))] : conditions;
    }

    private static KarpenterCondition Ready(KarpenterCondition[] steps, DateTimeOffset now, KarpenterCondition? old)
    {
        var missing = Steps.Where(s => Array.Find(steps, c => c.Type == s)?.Status != "True").ToList();
        var isFalse = missing.Exists(s => Array.Find(steps, c => c.Type == s)?.Status == "False");
        var status = missing.Count == 0 ? "True" : isFalse ? "False" : "Unknown";
        var (reason, message) = missing.Count == 0 ? ("Ready", "") : isFalse
            ? ("UnhealthyDependents", string.Join(", ", missing.Where(s => Array.Find(steps, c => c.Type == s)?.Status == "False").Select(s => $"{s}=False")))
            : ("ReconcilingDependents", string.Join(", ", missing.Select(s => $"{s}=Unknown")));
        return new(NodeClaim.Ready, status, reason, message, old?.Status == status ? old.LastTransitionTime : Text(now));
    }

    private static string Text(DateTimeOffset now) => new Timestamp(now).ToString();
}
