using KubeLab.Api.Core;

namespace KubeLab.Scheduling.Framework;

/// <summary>The claims that a pod mounts.</summary>
/// <param name="Names">The claims that it names itself.</param>
/// <param name="Ephemeral">The names of volumes whose claims are made with the pod.</param>
public sealed record PodClaims(IReadOnlyList<string> Names, IReadOnlyList<string> Ephemeral)
{
    private static readonly PodClaims None = new([], []);

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Names.Count + Ephemeral.Count == 0;

    /// <summary>All of them, as <paramref name="pod"/> names them: a claim made with the pod is called after pod and volume.</summary>
    public IEnumerable<string> Of(Pod pod) => Names.Concat(Ephemeral.Select(volume => $"{pod.Metadata.Name}-{volume}"));

    internal static PodClaims Of(PodSpec spec)
    {
        List<string>? names = null, ephemeral = null;
        foreach (var volume in spec.Volumes)
        {
            if (volume.PersistentVolumeClaim is { } claim)
            {
                (names ??= []).Add(claim.ClaimName);
            }
            else if (volume.Ephemeral is not null)
            {
                (ephemeral ??= []).Add(volume.Name);
            }
        }

        return names is null && ephemeral is null ? None : new(names ?? [], ephemeral ?? []);
    }
}
