using KubeLab.Api;

namespace KubeLab.Scheduling.Framework;

/// <summary>Amounts of what pods ask for and nodes have, in whole numbers as the scheduler counts them.</summary>
/// <remarks>CPU is in thousandths of a core, memory and storage in bytes; extended resources are counted by name.</remarks>
public struct ResourceVector
{
    /// <summary>CPU in thousandths of a core.</summary>
    public long MilliCpu { readonly get; set; }

    /// <summary>Memory in bytes.</summary>
    public long MemoryBytes { readonly get; set; }

    /// <summary>Local storage in bytes.</summary>
    public long EphemeralBytes { readonly get; set; }

    /// <summary>Pods.</summary>
    public int Pods { readonly get; set; }

    /// <summary>Extended resources such as <c>nvidia.com/gpu</c>; null when there are none.</summary>
    public SortedDictionary<string, long>? Extended { readonly get; set; }

    /// <summary>Reads a list such as a container's requests or a node's allocatable.</summary>
    public static ResourceVector From(ResourceList list)
    {
        var vector = default(ResourceVector);
        foreach (var (name, amount) in list)
        {
            switch (name)
            {
                case "cpu":
                    vector.MilliCpu = amount.MilliValue;
                    break;
                case "memory":
                    vector.MemoryBytes = amount.Value;
                    break;
                case "ephemeral-storage":
                    vector.EphemeralBytes = amount.Value;
                    break;
                case "pods":
                    vector.Pods = (int)amount.Value;
                    break;
                default:
                    (vector.Extended ??= new(StringComparer.Ordinal))[name] = amount.Value;
                    break;
            }
        }

        return vector;
    }

    /// <summary>Adds <paramref name="other"/>, <paramref name="sign"/> times (1 or -1).</summary>
    public void Add(in ResourceVector other, int sign = 1)
    {
        MilliCpu += sign * other.MilliCpu;
        MemoryBytes += sign * other.MemoryBytes;
        EphemeralBytes += sign * other.EphemeralBytes;
        Pods += sign * other.Pods;
        if (other.Extended is not null)
        {
            Extended = Extended is null ? new(StringComparer.Ordinal) : new(Extended, StringComparer.Ordinal);
            foreach (var (name, amount) in other.Extended)
            {
                Extended[name] = Extended.GetValueOrDefault(name) + (sign * amount);
            }
        }
    }

    /// <summary>Raises every amount to at least that of <paramref name="other"/>.</summary>
    public void RaiseTo(in ResourceVector other)
    {
        MilliCpu = Math.Max(MilliCpu, other.MilliCpu);
        MemoryBytes = Math.Max(MemoryBytes, other.MemoryBytes);
        EphemeralBytes = Math.Max(EphemeralBytes, other.EphemeralBytes);
        if (other.Extended is not null)
        {
            Extended = Extended is null ? new(StringComparer.Ordinal) : new(Extended, StringComparer.Ordinal);
            foreach (var (name, amount) in other.Extended)
            {
                Extended[name] = Math.Max(Extended.GetValueOrDefault(name), amount);
            }
        }
    }

    /// <summary>The amount of the resource called <paramref name="name"/>.</summary>
    public readonly long Of(string name) => name switch
    {
        "cpu" => MilliCpu,
        "memory" => MemoryBytes,
        "ephemeral-storage" => EphemeralBytes,
        "pods" => Pods,
        _ => Extended?.GetValueOrDefault(name) ?? 0,
    };
}
