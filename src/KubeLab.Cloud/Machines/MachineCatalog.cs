using KubeLab.Cloud.Data;

namespace KubeLab.Cloud.Machines;

/// <summary>What a provider rents and where: machine types, regions and their zones, from <c>data/machines</c>.</summary>
public sealed class MachineCatalog
{
    private readonly string path;
    private readonly SortedDictionary<string, string[]> regions;

    private MachineCatalog(string path, MachineFile file)
    {
        this.path = path;
        regions = file.Regions;
        Provider = file.Provider;
        ProviderIdScheme = file.ProviderIdScheme;
        PoolLabel = file.PoolLabel;
        DefaultDisk = file.DefaultDisk;
        Types = [.. file.Types.Select((t, i) => ToType(path, i, t))];
    }

    /// <summary>The providers whose machines are known, in ordinal order.</summary>
    public static IReadOnlyList<string> Providers =>
        [.. DataFile.Paths
            .Where(p => p.StartsWith("machines/", StringComparison.Ordinal))
            .Select(p => Path.GetFileNameWithoutExtension(p))
            .Where(p => DataFile.Exists($"prices/{p}.json"))];

    /// <summary>The provider, for example <c>gcp</c>.</summary>
    public string Provider { get; }

    /// <summary>How node objects name machines of this provider, for example <c>gce</c> in
    /// <c>gce://lab/europe-west4-a/workers-1</c>.</summary>
    public string ProviderIdScheme { get; }

    /// <summary>The label by which nodes tell their pool, such as <c>cloud.google.com/gke-nodepool</c>; null when there is none.</summary>
    public string? PoolLabel { get; }

    /// <summary>The disk that machines boot from unless another is asked for; null when its price is not known.</summary>
    public string? DefaultDisk { get; }

    /// <summary>All machine types, in the order of the file.</summary>
    public IReadOnlyList<MachineType> Types { get; }

    /// <summary>All regions, in ordinal order.</summary>
    public IReadOnlyCollection<string> Regions => regions.Keys;

    /// <summary>Reads the catalog of one provider.</summary>
    /// <exception cref="ArgumentException">The provider is unknown; the message lists those that are known.</exception>
    /// <exception cref="DataFileException">The file is malformed; the message names the field.</exception>
    public static MachineCatalog Load(string provider = "gcp")
    {
        if (!Providers.Contains(provider))
        {
            throw new ArgumentException($"unknown provider \"{provider}\"; there are {string.Join(", ", Providers)}", nameof(provider));
        }

        var path = $"machines/{provider}.json";
        return new MachineCatalog(path, DataFile.Parse(path, CloudJson.Default.MachineFile));
    }

    /// <summary>The machine type of this name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists what exists.</exception>
    public MachineType Find(string name) =>
        Types.FirstOrDefault(t => t.Name == name)
        ?? throw Unknown("machine type", name, Types.Select(t => t.Name));

    /// <summary>The zones of a region, in the order in which they are filled.</summary>
    /// <exception cref="ArgumentException">The region is unknown; the message lists what exists.</exception>
    public IReadOnlyList<string> ZonesOf(string region) =>
        regions.TryGetValue(region, out var zones)
            ? zones
            : throw Unknown("region", region, regions.Keys);

    private ArgumentException Unknown(string what, string name, IEnumerable<string> existing) =>
        new($"unknown {what} \"{name}\" at {Provider}; data/{path} has {string.Join(", ", existing)}");

    private static MachineType ToType(string path, int index, MachineTypeEntry entry) =>
        entry is { Vcpu: > 0, MemoryGib: > 0, Gpus: >= 0, Speed: null or > 0 }
            ? new(entry.Name, entry.Family, entry.Vcpu, (long)(entry.MemoryGib * (1L << 30)), entry.Gpus, entry.GpuModel, entry.Speed ?? 1)
            : throw new DataFileException(
                path, $"$.types[{index}]", $"{entry.Name}: vcpu, memory_gib and speed must be positive, gpus not negative");
}
