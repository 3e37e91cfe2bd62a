using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Controllers.Owning;

namespace KubeLab.Controllers.ReplicaSets;

/// <summary>Makes pods from a template; all copies share its spec, labels and owner, only their metadata is their own.</summary>
public sealed class PodTemplating
{
    private readonly PodTemplateSpec template;
    private readonly ObjectMeta metadata;

    /// <summary>Copies the template of <paramref name="set"/>.</summary>
    public PodTemplating(ReplicaSet set)
    {
        template = set.Spec.Template;
        metadata = new ObjectMeta
        {
            GenerateName = $"{set.Metadata.Name}-",
            Namespace = set.Metadata.Namespace,
            Labels = template.Metadata.Labels,
            Annotations = template.Metadata.Annotations,
            Finalizers = template.Metadata.Finalizers,
            OwnerReferences = [Ownership.ReferenceTo(set)],
        };
    }

    /// <summary>One more pod, not yet stored.</summary>
    public Pod Next() => new() { Metadata = metadata, Spec = template.Spec };

    /// <summary>Whether it copies the template of <paramref name="set"/>.</summary>
    public bool Serves(ReplicaSet set) =>
        ReferenceEquals(template, set.Spec.Template) && metadata.OwnerReferences[0].Uid == set.Metadata.Uid;
}
