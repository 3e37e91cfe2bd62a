using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.Pods;

/// <summary>Lists of conditions, at most one of each type.</summary>
public static class Conditions
{
    /// <summary>The condition of <paramref name="type"/>, or null.</summary>
    public static Condition? Find(ValueList<Condition> conditions, string type)
    {
        foreach (var condition in conditions)
        {
            if (condition.Type == type)
            {
                return condition;
            }
        }

        return null;
    }

    /// <summary>
    /// The list with <paramref name="condition"/> at its end, unless its status and reason hold already; the time of transition is kept
    /// while the status stays.
    /// </summary>
    /// <remarks>How deployments and replica sets do it: a new message alone changes nothing.</remarks>
    public static ValueList<Condition> Set(ValueList<Condition> conditions, Condition condition)
    {
        var current = Find(conditions, condition.Type);
        if (current is not null && current.Status == condition.Status && current.Reason == condition.Reason)
        {
            return conditions;
        }

        if (current is not null && current.Status == condition.Status)
        {
            condition = condition with { LastTransitionTime = current.LastTransitionTime };
        }

        return Without(conditions, condition.Type).Add(condition);
    }

    /// <summary>
    /// The list with <paramref name="condition"/> in the place of its type, or at the end; the time of transition is kept while the
    /// status stays.
    /// </summary>
    /// <remarks>How pods, nodes and namespaces do it.</remarks>
    public static ValueList<Condition> Put(ValueList<Condition> conditions, Condition condition)
    {
        var index = conditions.FindIndex(c => c.Type == condition.Type);
        if (index < 0)
        {
            return conditions.Add(condition);
        }

        var current = conditions[index];
        return conditions.SetItem(
            index,
            current.Status == condition.Status ? condition with { LastTransitionTime = current.LastTransitionTime } : condition);
    }

    /// <summary>The list without the condition of <paramref name="type"/>.</summary>
    public static ValueList<Condition> Without(ValueList<Condition> conditions, string type) => conditions.Where(c => c.Type != type);
}
