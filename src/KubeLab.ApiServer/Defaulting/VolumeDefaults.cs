using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what volumes leave out: a volume without a source is an empty directory, and files are readable by all.</summary>
internal static class VolumeDefaults
{
    private const int FileMode = 0x1A4; // 0644 in octal: the owner writes, everyone reads.
    private static readonly JsonElement FileModeJson = JsonElement.Parse("420");
    private static readonly EmptyDirVolumeSource EmptyDir = new();

    public static ValueList<Volume> Fill(ValueList<Volume> volumes) => ContainerDefaults.Each(volumes, Fill);

    private static Volume Fill(Volume volume) => volume switch
    {
        { ConfigMap: { DefaultMode: null } config } => volume with { ConfigMap = config with { DefaultMode = FileMode } },
        { Secret: { DefaultMode: null } secret } => volume with { Secret = secret with { DefaultMode = FileMode } },
        { Projected: { } source } when source.Overflow?["defaultMode"] is null => volume with { Projected = WithMode(source) },
        { DownwardAPI: { } source } when source.Overflow?["defaultMode"] is null => volume with { DownwardAPI = WithMode(source) },
        { HostPath: { Type: null } path } => volume with { HostPath = path with { Type = "" } },
        _ when HasNoSource(volume) => volume with { EmptyDir = EmptyDir },
        _ => volume,
    };

    private static OpaqueObject WithMode(OpaqueObject source) => source.With("defaultMode", FileModeJson);

    private static bool HasNoSource(Volume v) => v.EmptyDir is null && v.HostPath is null && v.ConfigMap is null && v.Secret is null
        && v.PersistentVolumeClaim is null && v.Projected is null && v.DownwardAPI is null && v.Nfs is null && v.Ephemeral is null && v.Overflow is null;
}
