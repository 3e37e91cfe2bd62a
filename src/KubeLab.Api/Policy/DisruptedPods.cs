using System.Globalization;
using System.Text.Json;

namespace KubeLab.Api.Policy;

/// <summary>The pods whose eviction a budget granted and that are still there, with the time of the grant.</summary>
public static class DisruptedPods
{
    /// <summary>The entries of <paramref name="status"/> in order of the pods' names; what is no time is left out.</summary>
    public static SortedDictionary<string, DateTimeOffset> Of(PodDisruptionBudgetStatus status)
    {
        var pods = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var (name, value) in status.DisruptedPods?.Overflow ?? [])
        {
            if (value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(
                value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                pods.Add(name, time);
            }
        }

        return pods;
    }

    /// <summary>The status with these entries.</summary>
    public static PodDisruptionBudgetStatus With(PodDisruptionBudgetStatus status, IReadOnlyDictionary<string, DateTimeOffset> pods)
    {
        if (pods.Count == 0)
        {
            return status with { DisruptedPods = null };
        }

        var entries = new OpaqueObject();
        foreach (var (name, time) in pods.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            entries = entries.With(name, JsonSerializer.SerializeToElement(new Timestamp(time).ToString(), ApiJson.Default.String));
        }

        return status with { DisruptedPods = entries };
    }
}
