using System.Text.Json.Serialization;

namespace KubeLab.Api.Core;

/// <summary>A directory that containers of a pod may mount, by where it comes from.</summary>
public sealed record Volume : ApiRecord
{
    /// <summary>Unique within the pod.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Empty at the pod's start, gone with the pod.</summary>
    public EmptyDirVolumeSource? EmptyDir { get; init; }

    /// <summary>A directory of this one node.</summary>
    public HostPathVolumeSource? HostPath { get; init; }

    /// <summary>The keys of a config map as files.</summary>
    public ConfigMapVolumeSource? ConfigMap { get; init; }

    /// <summary>The keys of a secret as files.</summary>
    public SecretVolumeSource? Secret { get; init; }

    /// <summary>Storage that outlives the pod.</summary>
    public PersistentVolumeClaimVolumeSource? PersistentVolumeClaim { get; init; }

    /// <summary>Several sources in one directory.</summary>
    public OpaqueObject? Projected { get; init; }

    /// <summary>Fields of the pod as files.</summary>
    public OpaqueObject? DownwardAPI { get; init; }

    /// <summary>A network file system.</summary>
    public OpaqueObject? Nfs { get; init; }

    /// <summary>A claim made with the pod.</summary>
    public OpaqueObject? Ephemeral { get; init; }
}

/// <summary>A directory that is empty at the pod's start and gone with the pod.</summary>
public sealed record EmptyDirVolumeSource : ApiRecord
{
    /// <summary>Absent for disk, <c>Memory</c> for memory.</summary>
    public string? Medium { get; init; }

    /// <summary>Its greatest size.</summary>
    public Quantity? SizeLimit { get; init; }
}

/// <summary>A directory of this one node.</summary>
public sealed record HostPathVolumeSource : ApiRecord
{
    /// <summary>The directory.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Path { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>What must be there.</summary>
    public string? Type { get; init; }
}

/// <summary>The keys of a config map as files.</summary>
public sealed record ConfigMapVolumeSource : ApiRecord
{
    /// <summary>The config map.</summary>
    public string? Name { get; init; }

    /// <summary>Which keys, and under which names.</summary>
    public ValueList<OpaqueObject> Items { get; init; }

    /// <summary>File permissions.</summary>
    public int? DefaultMode { get; init; }

    /// <summary>Whether it may be missing.</summary>
    public bool? Optional { get; init; }
}

/// <summary>The keys of a secret as files.</summary>
public sealed record SecretVolumeSource : ApiRecord
{
    /// <summary>The secret.</summary>
    public string? SecretName { get; init; }

    /// <summary>Which keys, and under which names.</summary>
    public ValueList<OpaqueObject> Items { get; init; }

    /// <summary>File permissions.</summary>
    public int? DefaultMode { get; init; }

    /// <summary>Whether it may be missing.</summary>
    public bool? Optional { get; init; }
}

/// <summary>Storage that outlives the pod.</summary>
public sealed record PersistentVolumeClaimVolumeSource : ApiRecord
{
    /// <summary>The claim.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string ClaimName { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Whether it can only be read.</summary>
    public bool ReadOnly { get; init; }
}
