using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.Vertical.Admission;

/// <summary>The containers that a pod had when admission saw it: those that other webhooks added later are left alone.</summary>
/// <remarks>Upstream: pkg/utils/annotations.</remarks>
internal static class ObservedContainers
{
    /// <summary>The annotation that keeps their names.</summary>
    public const string Annotation = "vpaObservedContainers";

    private const string Separator = ", ";

    /// <summary>The names, as the annotation keeps them.</summary>
    public static string Text(PodSpec spec) => string.Join(Separator, spec.Containers.Select(c => c.Name));

    /// <summary>The containers that were seen; null when nobody wrote them down, or not as names.</summary>
    public static IReadOnlyList<string>? Of(Pod pod)
    {
        if (pod.Metadata.Annotations[Annotation] is not { } text)
        {
            return null;
        }

        var names = text.Split(Separator);
        return Array.TrueForAll(names, IsLabel) ? names : null;
    }

    private static bool IsLabel(string name) => name.Length is > 0 and <= 63
        && name[0] != '-' && name[^1] != '-' && name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
