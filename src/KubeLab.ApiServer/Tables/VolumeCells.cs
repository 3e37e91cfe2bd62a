using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>What the tables of volumes and claims share.</summary>
internal static class VolumeCells
{
    private static readonly (string Mode, string Short)[] Known =
        [("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP")];

    /// <summary>What a claim was given; nothing before it is bound.</summary>
    public static string Capacity(PersistentVolumeClaim claim) =>
        string.IsNullOrEmpty(claim.Spec.VolumeName) ? "" : claim.Status.Capacity["storage"]?.ToString() ?? "0";

    /// <summary>Access modes in capitals, in upstream's order.</summary>
    public static string Modes(ValueList<string> modes) =>
        string.Join(',', Known.Where(known => modes.Exists(m => m == known.Mode)).Select(known => known.Short));
}
