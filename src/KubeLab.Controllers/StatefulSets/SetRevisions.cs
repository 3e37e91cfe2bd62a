using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Controllers.History;

namespace KubeLab.Controllers.StatefulSets;

/// <summary>The two templates that pods of a stateful set may have while it rolls: the one it comes from and the one it goes to.</summary>
/// <param name="Current">Where it comes from.</param>
/// <param name="Update">Where it goes to; the same when nothing rolls.</param>
public sealed record SetRevisions(ControllerRevision Current, ControllerRevision Update)
{
    /// <summary>The name of <see cref="Current"/>.</summary>
    public string CurrentName => Current.Metadata.Name ?? "";

    /// <summary>The name of <see cref="Update"/>.</summary>
    public string UpdateName => Update.Metadata.Name ?? "";

    /// <summary>A new pod with number <paramref name="ordinal"/>: below the partition it is made as it was.</summary>
    /// <remarks>Upstream: newVersionedStatefulSetPod.</remarks>
    public Pod NewPod(StatefulSet set, int ordinal) => IsHeldBack(set, ordinal) && CurrentName != UpdateName
        ? StatefulPod.New(set, RevisionData.TemplateOf(Current) ?? set.Spec.Template, CurrentName, ordinal)
        : StatefulPod.New(set, set.Spec.Template, UpdateName, ordinal);

    private static bool IsHeldBack(StatefulSet set, int ordinal)
    {
        var strategy = set.Spec.UpdateStrategy;
        var held = strategy.RollingUpdate is { } rolling ? rolling.Partition ?? 0 : set.Status.CurrentReplicas;
        return strategy.Type == "RollingUpdate" && ordinal < Identity.Start(set) + held;
    }
}
