using KubeLab.Api.Core;

namespace KubeLab.Scheduling.Plugins.Volumes;

/// <summary>The claims of one pod for one cycle: those that have a volume, and those that get one when the pod has a node.</summary>
internal sealed class VolumeState(List<PersistentVolumeClaim> bound, List<PersistentVolumeClaim> waiting)
{
    public List<PersistentVolumeClaim> Bound => bound;

    /// <summary>Smallest first, so that a small claim does not take a large volume from another.</summary>
    public List<PersistentVolumeClaim> Waiting => waiting;

    /// <summary>What was decided for the chosen node.</summary>
    public VolumeDecision? Chosen { get; set; }

    /// <summary>Whether it was written.</summary>
    public bool IsWritten { get; set; }

    /// <summary>When the wait for it began.</summary>
    public DateTimeOffset Since { get; set; }
}

/// <summary>Which volumes waiting claims would have on one node.</summary>
/// <param name="Found">Claims for which there is a volume.</param>
/// <param name="Made">Claims for which one is made.</param>
internal sealed record VolumeDecision(List<(PersistentVolumeClaim Claim, PersistentVolume Volume)> Found, List<PersistentVolumeClaim> Made);
