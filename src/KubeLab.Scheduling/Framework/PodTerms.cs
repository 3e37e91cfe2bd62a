using KubeLab.Api.Core;

namespace KubeLab.Scheduling.Framework;

/// <summary>What a pod says of its neighbours: demands and wishes, for and against.</summary>
public sealed class PodTerms
{
    private static readonly PodTerms None = new(null);

    private PodTerms(Affinity? affinity)
    {
        Required = AffinityTerm.Read(affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? default);
        RequiredAnti = AffinityTerm.Read(affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? default);
        Preferred = AffinityTerm.Read(affinity?.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? default);
        PreferredAnti = AffinityTerm.Read(affinity?.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? default);
    }

    /// <summary>Neighbours it must have, all of them.</summary>
    public IReadOnlyList<AffinityTerm> Required { get; }

    /// <summary>Neighbours it must not have.</summary>
    public IReadOnlyList<AffinityTerm> RequiredAnti { get; }

    /// <summary>Neighbours it likes.</summary>
    public IReadOnlyList<AffinityTerm> Preferred { get; }

    /// <summary>Neighbours it dislikes.</summary>
    public IReadOnlyList<AffinityTerm> PreferredAnti { get; }

    /// <summary>Whether it says nothing.</summary>
    public bool IsEmpty => Required.Count + RequiredAnti.Count + Preferred.Count + PreferredAnti.Count == 0;

    internal static PodTerms Of(PodSpec spec) =>
        spec.Affinity is { PodAffinity: not null } or { PodAntiAffinity: not null } ? new(spec.Affinity) : None;
}
