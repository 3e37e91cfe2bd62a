using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Cache.Counting;

/// <summary>What a term of a pod on a node means to newcomers.</summary>
internal enum TermKind
{
    Required,
    RequiredAnti,
    Preferred,
    PreferredAnti,
}

/// <summary>A term that pods on nodes have, and in which domains they are: it speaks for or against newcomers there.</summary>
internal sealed class CarriedTerm(TermKind kind, AffinityTerm term, string ownNamespace, DomainTally carriers, PodTally pods)
{
    public TermKind Kind => kind;

    /// <summary>How many pods that have it are in each domain.</summary>
    public DomainTally Carriers => carriers;

    public PodTally Pods => pods;

    public int Weight => term.Weight;

    public bool Means(Pod newcomer, Func<string, StringMap> labelsOfNamespace) => term.Matches(ownNamespace, newcomer, labelsOfNamespace);
}
