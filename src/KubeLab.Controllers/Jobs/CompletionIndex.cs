using System.Globalization;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.Jobs;

/// <summary>What a pod of an indexed job says of its index, in annotations.</summary>
public static class CompletionIndex
{
    /// <summary>The index of <paramref name="pod"/>; null when it has none that can be read.</summary>
    public static int? Of(Pod pod) =>
        int.TryParse(pod.Metadata.Annotations[JobNames.CompletionIndex], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
        && index >= 0
            ? index
            : null;

    /// <summary>How many failures of the pod's index counted before it.</summary>
    public static int FailuresBefore(Pod pod) => Number(pod, JobNames.IndexFailureCount);

    /// <summary>How many failures of the pod's index were ignored before it.</summary>
    public static int IgnoredBefore(Pod pod) => Number(pod, JobNames.IndexIgnoredFailureCount);

    private static int Number(Pod pod, string annotation) =>
        int.TryParse(pod.Metadata.Annotations[annotation], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Math.Max(0, number)
            : 0;
}
