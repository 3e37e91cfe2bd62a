using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;
using KubeLab.Controllers.History;
using KubeLab.Controllers.NodeLifecycle;
using KubeLab.Controllers.Owning;

namespace KubeLab.Controllers.DaemonSets;

/// <summary>The pod that a daemon set copies, and the nodes that it suits.</summary>
/// <remarks>Upstream: NodeShouldRunDaemonPod in pkg/controller/daemon/daemon_controller.go.</remarks>
public sealed class DaemonTemplate
{
    /// <summary>Counts the changes of the template; the server keeps it in an annotation since apps/v1 has no field for it.</summary>
    public const string GenerationAnnotation = "deprecated.daemonset.template.generation";

    /// <summary>The label of pods with that number.</summary>
    public const string GenerationLabel = "pod-template-generation";

    private readonly DaemonSet set;
    private readonly PodSpec spec;

    /// <summary>Reads the template of <paramref name="set"/>.</summary>
    public DaemonTemplate(DaemonSet set)
    {
        this.set = set;
        var template = set.Spec.Template.Spec;
        spec = template with { Tolerations = DaemonTolerations.AddedTo(template) };
    }

    /// <summary>Whether <paramref name="node"/> should get a pod, and whether one that is there may stay.</summary>
    public (bool Runs, bool Stays) Suits(Node node)
    {
        if (spec.NodeName is { Length: > 0 } only && only != node.Metadata.Name || !IsDemanded(node))
        {
            return (false, false);
        }

        var (runs, stays) = (true, true);
        foreach (var taint in node.Spec.Taints)
        {
            if (taint.Effect is "NoExecute" or "NoSchedule" && !spec.Tolerations.Exists(t => Tolerating.Tolerates(t, taint)))
            {
                runs = false;
                stays &= taint.Effect != "NoExecute";
            }
        }

        return (runs, stays);
    }

    /// <summary>Makes copies of revision <paramref name="hash"/>; they share all but their affinity.</summary>
    public Func<string, Pod> Copies(string hash)
    {
        var template = set.Spec.Template.Metadata;
        var labels = template.Labels;
        if (set.Metadata.Annotations[GenerationAnnotation] is { } generation)
        {
            labels = labels.With(GenerationLabel, generation);
        }

        var metadata = new ObjectMeta
        {
            GenerateName = $"{set.Metadata.Name}-",
            Namespace = set.Metadata.Namespace,
            Labels = labels.With(RevisionHash.PodLabel, hash),
            Annotations = template.Annotations,
            Finalizers = template.Finalizers,
            OwnerReferences = [Ownership.ReferenceTo(set)],
        };
        return node => new Pod { Metadata = metadata, Spec = spec with { Affinity = DaemonAffinity.For(spec.Affinity, node) } };
    }

    private bool IsDemanded(Node node)
    {
        foreach (var (key, value) in spec.NodeSelector)
        {
            if (node.Metadata.Labels[key] != value)
            {
                return false;
            }
        }

        return spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not { } required
            || NodeSelectorMatch.Matches(required, node.Metadata.Labels, node.Metadata.Name ?? "");
    }
}
