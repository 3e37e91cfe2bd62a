using System.Text.Json;
using KubeLab.Api.Core;

namespace KubeLab.Api.Quotas;

/// <summary>One restriction of what a quota counts.</summary>
/// <param name="Name"><c>Terminating</c>, <c>NotTerminating</c>, <c>BestEffort</c>, <c>NotBestEffort</c>, <c>PriorityClass</c> or <c>CrossNamespacePodAffinity</c>.</param>
/// <param name="Operator"><c>Exists</c>, <c>DoesNotExist</c>, <c>In</c> or <c>NotIn</c>.</param>
/// <param name="Values">What the operator compares with.</param>
/// <seealso href="https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes">Quota scopes</seealso>
public sealed record QuotaScope(string Name, string Operator, ValueList<string> Values)
{
    /// <summary>The scopes of a quota, from both of its fields; all of them must hold.</summary>
    public static IReadOnlyList<QuotaScope> Of(ResourceQuotaSpec spec)
    {
        var scopes = spec.Scopes.Select(s => new QuotaScope(s, "Exists", default)).ToList();
        if (spec.ScopeSelector?.Overflow?["matchExpressions"] is { ValueKind: JsonValueKind.Array } expressions)
        {
            scopes.AddRange(expressions.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).Select(Read));
        }

        return scopes;
    }

    /// <summary>Whether <paramref name="pod"/> is within.</summary>
    public bool Matches(Pod pod) => Name switch
    {
        "Terminating" => IsTerminating(pod),
        "NotTerminating" => !IsTerminating(pod),
        "BestEffort" => IsBestEffort(pod.Spec),
        "NotBestEffort" => !IsBestEffort(pod.Spec),
        "PriorityClass" => Compare(pod.Spec.PriorityClassName ?? ""),
        "CrossNamespacePodAffinity" => ReachesOtherNamespaces(pod.Spec.Affinity),
        _ => false,
    };

    private static QuotaScope Read(JsonElement expression) => new(
        Text(expression, "scopeName"),
        Text(expression, "operator"),
        expression.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array
            ? values.EnumerateArray().Select(v => v.ToString()).ToValueList()
            : default);

    private static string Text(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? value.ToString() : "";

    private bool Compare(string value) => Operator switch
    {
        "Exists" => value.Length > 0,
        "DoesNotExist" => value.Length == 0,
        "In" => value.Length > 0 && Values.Exists(v => v == value),
        "NotIn" => !Values.Exists(v => v == value),
        _ => false,
    };

    private static bool IsTerminating(Pod pod) => pod.Spec.ActiveDeadlineSeconds >= 0;

    private static bool IsBestEffort(PodSpec spec) => !spec.Containers.Exists(AsksForSomething) && !spec.InitContainers.Exists(AsksForSomething);

    private static bool AsksForSomething(Container container) => Asks(container.Resources.Requests) || Asks(container.Resources.Limits);

    private static bool Asks(ResourceList amounts) => amounts["cpu"] is { IsZero: false } || amounts["memory"] is { IsZero: false };

    private static bool ReachesOtherNamespaces(Affinity? affinity)
    {
        static bool Reaches(PodAffinityTerm term) => !term.Namespaces.IsEmpty || term.NamespaceSelector is not null;
        return affinity?.PodAffinity is { } near
            && (near.RequiredDuringSchedulingIgnoredDuringExecution.Exists(Reaches)
                || near.PreferredDuringSchedulingIgnoredDuringExecution.Exists(t => Reaches(t.PodAffinityTerm)))
            || affinity?.PodAntiAffinity is { } far
            && (far.RequiredDuringSchedulingIgnoredDuringExecution.Exists(Reaches)
                || far.PreferredDuringSchedulingIgnoredDuringExecution.Exists(t => Reaches(t.PodAffinityTerm)));
    }
}
