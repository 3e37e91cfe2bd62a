using System.Globalization;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.StatefulSets;

/// <summary>Who a pod of a stateful set is: its number, and the name, labels and host name that follow from it.</summary>
/// <remarks>Upstream: pkg/controller/statefulset/stateful_set_utils.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-identity">Pod identity</seealso>
public static class Identity
{
    /// <summary>The label with the pod's own name, by which a service may select one pod.</summary>
    public const string NameLabel = "statefulset.kubernetes.io/pod-name";

    /// <summary>The label with the pod's number.</summary>
    public const string IndexLabel = "apps.kubernetes.io/pod-index";

    /// <summary>The name of the pod with number <paramref name="ordinal"/>.</summary>
    public static string NameOf(StatefulSet set, int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{set.Metadata.Name}-{ordinal}");

    /// <summary>The set's name and the pod's number as the pod's name says them; -1 when it ends in no number.</summary>
    public static (string Parent, int Ordinal) Of(Pod pod)
    {
        var name = pod.Metadata.Name ?? "";
        var dash = name.LastIndexOf('-');
        return dash >= 0 && name.AsSpan(dash + 1) is { IsEmpty: false } digits && digits.IndexOfAnyExceptInRange('0', '9') < 0
            ? (name[..dash], int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal) ? ordinal : -1)
            : ("", -1);
    }

    /// <summary>Whether the pod is called as one of <paramref name="set"/>'s, whatever its number.</summary>
    public static bool IsMember(StatefulSet set, Pod pod) => Of(pod).Parent == set.Metadata.Name;

    /// <summary>The first number.</summary>
    public static int Start(StatefulSet set) => set.Spec.Ordinals?.Start ?? 0;

    /// <summary>Whether the pod's number is one that the set wants.</summary>
    public static bool IsWanted(StatefulSet set, Pod pod) =>
        Of(pod).Ordinal - Start(set) is >= 0 and var index && index < (set.Spec.Replicas ?? 1);

    /// <summary>Whether the pod has the name and the label of its number.</summary>
    public static bool Matches(StatefulSet set, Pod pod)
    {
        var (parent, ordinal) = Of(pod);
        return ordinal >= 0 && parent == set.Metadata.Name && pod.Metadata.Name == NameOf(set, ordinal)
            && pod.Metadata.Namespace == set.Metadata.Namespace && pod.Metadata.Labels[NameLabel] == pod.Metadata.Name;
    }

    /// <summary>The pod with the labels of its number.</summary>
    public static Pod Labelled(Pod pod) => pod with
    {
        Metadata = pod.Metadata with
        {
            Labels = pod.Metadata.Labels.With(NameLabel, pod.Metadata.Name!)
                .With(IndexLabel, Of(pod).Ordinal.ToString(CultureInfo.InvariantCulture)),
        },
    };
}
