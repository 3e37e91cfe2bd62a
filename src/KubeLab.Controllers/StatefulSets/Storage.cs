using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;

namespace KubeLab.Controllers.StatefulSets;

/// <summary>The claims that a pod of a stateful set has for itself, which outlive it.</summary>
/// <remarks>Upstream: pkg/controller/statefulset/stateful_set_utils.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage">Stable storage</seealso>
public static class Storage
{
    /// <summary>The name of the claim that the pod with number <paramref name="ordinal"/> has of <paramref name="template"/>.</summary>
    public static string NameOf(StatefulSet set, PersistentVolumeClaim template, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{template.Metadata.Name}-{set.Metadata.Name}-{ordinal}");

    /// <summary>The claims of <paramref name="pod"/>, in the order of their templates.</summary>
    public static IEnumerable<PersistentVolumeClaim> ClaimsOf(StatefulSet set, Pod pod)
    {
        var ordinal = Identity.Of(pod).Ordinal;
        foreach (var template in set.Spec.VolumeClaimTemplates.Span.ToArray())
        {
            yield return new PersistentVolumeClaim
            {
                Metadata = new ObjectMeta
                {
                    Name = NameOf(set, template, ordinal),
                    Namespace = set.Metadata.Namespace,
                    Labels = Merged(template.Metadata.Labels, set.Spec.Selector?.MatchLabels ?? default),
                    Annotations = template.Metadata.Annotations,
                    Finalizers = template.Metadata.Finalizers,
                    OwnerReferences = template.Metadata.OwnerReferences,
                },
                Spec = template.Spec,
            };
        }
    }

    /// <summary>Whether the pod's volumes are its own claims.</summary>
    public static bool Matches(StatefulSet set, Pod pod)
    {
        var ordinal = Identity.Of(pod).Ordinal;
        foreach (var template in set.Spec.VolumeClaimTemplates)
        {
            var name = template.Metadata.Name;
            if (pod.Spec.Volumes.Find(v => v.Name == name)?.PersistentVolumeClaim?.ClaimName != NameOf(set, template, ordinal))
            {
                return false;
            }
        }

        return ordinal >= 0;
    }

    /// <summary>The pod with its claims as volumes; they replace volumes of the template that have their names.</summary>
    public static Pod Mounted(StatefulSet set, Pod pod)
    {
        var templates = set.Spec.VolumeClaimTemplates;
        if (templates.IsEmpty)
        {
            return pod;
        }

        var ordinal = Identity.Of(pod).Ordinal;
        var own = templates.Select(t => new Volume
        {
            Name = t.Metadata.Name ?? "",
            PersistentVolumeClaim = new() { ClaimName = NameOf(set, t, ordinal) },
        });
        var others = pod.Spec.Volumes.Where(v => !templates.Exists(t => t.Metadata.Name == v.Name));
        return pod with { Spec = pod.Spec with { Volumes = [.. own, .. others] } };
    }

    private static StringMap Merged(StringMap labels, StringMap over)
    {
        foreach (var (key, value) in over)
        {
            labels = labels.With(key, value);
        }

        return labels;
    }
}
