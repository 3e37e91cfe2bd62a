using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>The conditions of an autoscaler while they are being decided; those of unknown types stay.</summary>
/// <remarks>Upstream: vpaConditionsMap in pkg/recommender/model/vpa.go.</remarks>
internal sealed class VpaConditions
{
    private readonly SortedDictionary<string, Condition> conditions = new(StringComparer.Ordinal);
    private readonly DateTimeOffset now;

    /// <summary>Begins with what was said before.</summary>
    public VpaConditions(ValueList<Condition> before, DateTimeOffset now)
    {
        this.now = now;
        foreach (var condition in before)
        {
            conditions[condition.Type] = condition;
        }
    }

    /// <summary>In the order of their types.</summary>
    public ValueList<Condition> All => conditions.Values.ToValueList();

    /// <summary>Says whether the targets can be read: null when they can, else upstream's words about why not.</summary>
    public void SetConfig(string? problem)
    {
        conditions.Remove("ConfigDeprecated");
        if (problem is null)
        {
            conditions.Remove("ConfigUnsupported");
        }
        else
        {
            Set("ConfigUnsupported", true, "", problem);
        }
    }

    /// <summary>Says whether there are pods, and whether something is recommended.</summary>
    public void SetProgress(bool podsMatched, bool isProvided)
    {
        var (reason, message) = podsMatched ? ("", "") : ("NoPodsMatched", "No pods match this VPA object");
        if (podsMatched)
        {
            conditions.Remove("NoPodsMatched");
        }
        else
        {
            Set("NoPodsMatched", true, reason, message);
        }

        Set("RecommendationProvided", isProvided, isProvided ? "" : reason, isProvided ? "" : message);
    }

    private void Set(string type, bool holds, string reason, string message)
    {
        var status = holds ? "True" : "False";
        conditions[type] = new Condition
        {
            Type = type,
            Status = status,
            LastTransitionTime = conditions.TryGetValue(type, out var before) && before.Status == status ? before.LastTransitionTime : now,
            Reason = reason.Length == 0 ? null : reason,
            Message = message.Length == 0 ? null : message,
        };
    }
}
