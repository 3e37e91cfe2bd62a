using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Volumes;

/// <summary>Writes bonds and phases; whatever holds already is not written again.</summary>
internal sealed class VolumeWriter(IKubernetesApi api, VirtualClock clock)
{
    /// <summary>Binds both, in four steps of which each may fail and be done again.</summary>
    public void Bind(PersistentVolume volume, PersistentVolumeClaim claim)
    {
        var kept = Binding.Kept(volume, claim);
        volume = kept == volume ? volume : api.Update(kept);
        Phase(volume, "Bound");
        var named = Binding.Named(claim, volume);
        claim = named == claim ? claim : api.Update(named);
        Phase(claim, "Bound", volume);
    }

    /// <summary>Reports a volume's phase, and since when.</summary>
    public PersistentVolume Phase(PersistentVolume volume, string phase, string? message = null) =>
        volume.Status.Phase == phase && volume.Status.Message == message
            ? volume
            : api.UpdateStatus(volume with
            {
                Status = volume.Status with
                {
                    Phase = phase,
                    Message = message,
                    LastPhaseTransitionTime = volume.Status.Phase == phase ? volume.Status.LastPhaseTransitionTime : clock.Now,
                },
            });

    /// <summary>Reports a claim's phase; says whether it changed.</summary>
    public bool Phase(PersistentVolumeClaim claim, string phase, PersistentVolume? volume = null)
    {
        var status = Binding.StatusOf(claim, phase, volume);
        if (status == claim.Status)
        {
            return false;
        }

        api.UpdateStatus(claim with { Status = status });
        return true;
    }
}
