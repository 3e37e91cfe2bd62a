using KubeLab.Api.Core;
using KubeLab.Client.Informing;
using KubeLab.Controllers.Owning;

namespace KubeLab.Controllers.Pods;

/// <summary>The pods by what several controllers look them up by; kept once for all of them.</summary>
internal sealed class PodIndexes(Informer<Pod> pods)
{
    /// <summary>By the uid of the managing owner.</summary>
    public InformerIndex<Pod> ByOwner { get; } = pods.IndexBy(p => Ownership.ControllerUidOf(p.Metadata));

    /// <summary>By their namespace.</summary>
    public InformerIndex<Pod> ByNamespace { get; } = pods.IndexBy(p => p.Metadata.Namespace);

    /// <summary>By the node they are assigned to.</summary>
    public InformerIndex<Pod> ByNode { get; } = pods.IndexBy(p => string.IsNullOrEmpty(p.Spec.NodeName) ? null : p.Spec.NodeName);
}
